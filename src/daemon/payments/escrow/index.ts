export { type ChannelState, readChannelState } from './channel-state.js'
export type { EscrowDeps } from './deps.js'
export {
  judgeAmount,
  isParty,
  judgeExpiration,
  noChannel,
  noPrice,
  type Refusal,
  refuse,
  rejection,
  staleNonce,
  unknownChannel,
} from './judge-payment.js'
export { mergeChannel } from './merge-channel.js'
export { newestBlock } from './newest-block.js'
export { readFresh } from './read-fresh.js'
export { requireRecent } from './require-recent.js'
export { reserveEscrow } from './reserve.js'
export { whenAsking, whenPaying } from './steps.js'
export { writeOf } from './write-of.js'
