export { loadService } from './protos.js'
export { fromServiceError, toServiceError } from './service-errors.js'
export { type ChannelStateReply, type ChannelStateRequest, loadStateService } from './state-service.js'
export {
  ERROR_HINT_TRAILER,
  ERROR_KIND_TRAILER,
  GRPC_STATUS,
  INCORRECT_NONCE,
  kindOfStatus,
  PROXIED_STATUS,
} from './status.js'
