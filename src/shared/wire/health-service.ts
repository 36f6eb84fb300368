import type { ProtoGrpcType } from './generated/own/health.js'
import type { MessageOf } from './message.js'
import { type LoadedService, loadService } from './protos.js'

type Health = ProtoGrpcType['grpc']['health']['v1']
export type HealthCheckRequest = MessageOf<Health['HealthCheckRequest']>
export type HealthCheckResponse = MessageOf<Health['HealthCheckResponse']>
export type HealthListRequest = MessageOf<Health['HealthListRequest']>
export type HealthListResponse = MessageOf<Health['HealthListResponse']>

export const loadHealthService = (): LoadedService => loadService('grpc.health.v1.Health')
