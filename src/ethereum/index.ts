export { addressBytes, addressFromBytes, toAddress } from './address.js'
export {
  channelOfLog,
  createRegistryReader,
  decodeChannel,
  decodeNextChannel,
  encodeChannelQuery,
  encodeNextChannelQuery,
  type EscrowChannel,
  escrowInterface,
  registryId,
  registryInterface,
  type RegistryReader,
} from './contracts.js'
export { type Curve, curve, nativeCurve, wasmCurve } from './curve.js'
export { keccak256 } from './keccak.js'
export {
  channelStateMessage,
  configurationMessage,
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
  u256,
} from './messages.js'
export { addressOfKey, messageDigest, selfTestSignatures, signerOf, signMessage } from './signature.js'
