export { type Gateway, type GatewayConfig, type GatewayDeps, type MethodKinds, startGateway } from './gateway.js'
export { connectGrpcUpstream, createEcho, type Upstream, type UpstreamConfig } from './upstream/index.js'
