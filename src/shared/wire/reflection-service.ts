import type { ServiceClientConstructor } from '@grpc/grpc-js'
import type { ProtoGrpcType } from './generated/own/reflection.js'
import type { MessageOf } from './message.js'
import { loadService } from './protos.js'

type Reflection = ProtoGrpcType['grpc']['reflection']['v1']
export type ReflectionRequest = MessageOf<Reflection['ServerReflectionRequest']>
export type ReflectionResponse = MessageOf<Reflection['ServerReflectionResponse']>

/** The messages of both versions are the same but for their names. */
export const REFLECTION_VERSIONS = ['v1', 'v1alpha'] as const

export const loadReflectionService = (version: (typeof REFLECTION_VERSIONS)[number]): ServiceClientConstructor =>
  loadService(`grpc/reflection/${version}/reflection.proto`, `grpc.reflection.${version}.ServerReflection`)
