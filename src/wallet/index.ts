export { chooseFunded, requireUsable } from './choose-channel.js'
export { findChannels, openChannel, readChannel } from './channels.js'
export {
  describeService,
  type MessageShape,
  type MethodDescription,
  type ServiceDescription,
} from './describe-service.js'
export { type Key, type KeySource, readKey } from './keys.js'
export { type CallTarget, type NetworkAddress, prepareCall, type PreparedCall } from './paid-call.js'
export { type PlannedPayment, planPayment, signPayment } from './payment.js'
export { parseRequests } from './requests.js'
export { proveState } from './state.js'
