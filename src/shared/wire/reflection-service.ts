import type { ProtoGrpcType } from './generated/own/reflection.js'
import type { MessageOf } from './message.js'
import { type LoadedService, loadService } from './protos.js'

type Reflection = ProtoGrpcType['grpc']['reflection']['v1']
export type ReflectionRequest = MessageOf<Reflection['ServerReflectionRequest']>
export type ReflectionResponse = MessageOf<Reflection['ServerReflectionResponse']>

/** The messages of both versions are the same but for their names. */
export const REFLECTION_VERSIONS = ['v1', 'v1alpha'] as const

export const loadReflectionService = (version: (typeof REFLECTION_VERSIONS)[number]): LoadedService =>
  loadService(`grpc.reflection.${version}.ServerReflection`)
