export { toAddress } from './address.js'
export {
  channelOfLog,
  type ContractReader,
  createRegistryReader,
  decodeBalance,
  decodeChannel,
  decodeDecimals,
  decodeNextChannel,
  decodeTokenAddress,
  encodeBalanceQuery,
  encodeChannelQuery,
  encodeDecimalsQuery,
  encodeNextChannelQuery,
  encodeTokenQuery,
  registryId,
  type RegistryReader,
} from './contracts.js'
export { type Curve, curve } from './curve.js'
export { keccak256 } from './keccak.js'
export {
  channelStateMessage,
  configurationMessage,
  configurationUpdateMessage,
  type FreeCallCaller,
  freeCallMessage,
  freeCallTokenMessage,
  freeCallUseMessage,
  listInProgressMessage,
  listUnclaimedMessage,
  meteringMessage,
  paymentMessage,
  startClaimMessage,
  startClaimsMessage,
  tokenRequestMessage,
  trainingMessage,
} from './messages.js'
export { shortReason } from './reason.js'
export type { Recoverer } from './recovery/recovery-thread.js'
export { RecoveryThreads } from './recovery/recovery-threads.js'
export {
  addressOfKey,
  messageDigest,
  selfTestSignatures,
  signerOf,
  signMessage,
  toChainSignature,
} from './signature.js'
