export { createEcho } from './echo.js'
export { connectGrpcUpstream, type UpstreamConfig } from './grpc.js'
export { answerInProcess } from './in-process.js'
export type { Upstream } from './upstream.js'
