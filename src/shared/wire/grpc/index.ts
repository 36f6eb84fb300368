/** What speaks by the gRPC libraries. They are large: the rest of `wire` does without them, and so does a start. */
export { answerUnary, statusOfFailure } from './answer.js'
export {
  bertyCodecs,
  bertyMessengerService,
  type BertyMethod,
  type BertyProtocolPackage,
  bertyProtocolService,
  type BertyService,
  type Codec,
} from './berty.js'
export { connectControl, type ControlClient, getStatus } from './control-client.js'
export { loadDefinition } from './definitions.js'
export { type InfraAccess, type InfraClient, openInfraClient } from './infra-client.js'
export { grpcStatus, startGrpcServer } from './server.js'
export { fromServiceError, toServiceError } from './service-errors.js'
export { LINES_BATCH } from './storage-client.js'
