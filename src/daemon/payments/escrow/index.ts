export { type ChannelState, readChannelState } from './channel-state.js'
export type { EscrowDeps } from './deps.js'
export { reserveEscrow } from './reserve.js'
