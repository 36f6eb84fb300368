export { createEcho } from './echo.js'
export { connectGrpcUpstream, connectInProcess, type UpstreamConfig } from './grpc.js'
export type { Upstream } from './upstream.js'
