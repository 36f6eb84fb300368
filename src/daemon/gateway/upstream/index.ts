export { connectGrpcUpstream, connectInProcess, type GrpcUpstream, type UpstreamConfig } from './grpc.js'
