export { type Gateway, type GatewayConfig, type GatewayDeps, type MethodKinds, startGateway } from './gateway.js'
export { connectGrpcUpstream, type GrpcUpstream, type UpstreamConfig } from './upstream/index.js'
