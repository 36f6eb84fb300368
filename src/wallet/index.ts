export { chooseFunded, requireUsable } from './choose-channel.js'
export { findChannels, readChannel } from './channels.js'
export {
  describeService,
  type MessageShape,
  type MethodDescription,
  type ServiceDescription,
} from './describe-service.js'
export { type Key, type KeySource, readKey } from './keys.js'
export { type CallTarget, prepareCall, type PreparedCall } from './paid-call.js'
export { type PlannedPayment, planPayment, signPayment } from './payment.js'
export { parseRequests } from './requests.js'
export { proveState } from './state.js'
export { type Balances, readBalances } from './balances.js'
export { depositTokens, withdrawTokens } from './deposits.js'
export { extendChannel, fundChannel, openChannel } from './open-channels.js'
export { type AccountSource } from './open-account.js'
export { openSender, type SenderConfig } from './open-sender.js'
export type { Sender, SettledTransaction } from './sender.js'
export { type OpenedChannel, openChannelTo } from './open-to-service.js'
export { type Span } from './block-time.js'
export { type EscrowPlace, findEscrow, type NetworkAddress, type PublishedName } from './published.js'
export { readAccount } from './read-account.js'
export {
  type ClaimPlan,
  type Collected,
  type CollectedClaim,
  collectClaims,
  type LeftOut,
  openCollector,
  type OpenCollector,
  planClaims,
  type PlanCosts,
  planCosts,
  type PlannedClaim,
  type WantedClaims,
} from './claims/index.js'
