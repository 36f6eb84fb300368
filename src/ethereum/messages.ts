/**
 * What each party signs, as plain concatenations without lengths or separators (snet-wire 3.2, layouts S1 to S14).
 * Texts are UTF-8, addresses 20 raw bytes, numbers 32 bytes big endian unless said otherwise.
 */
import { type Address, type ChannelId, type ChannelNonce, type Cogs, uint256Bytes } from '../shared/units.js'
import { addressBytes } from './address.js'
import { keccak256 } from './keccak.js'

const txt = (text: string): Uint8Array => Buffer.from(text, 'utf8')

/** S1: a payment, and later the claim of it. Signed by the channel's signer or sender. */
export const paymentMessage = (
  mpe: Address,
  { channel, nonce, amount }: { channel: ChannelId; nonce: ChannelNonce; amount: Cogs },
): Uint8Array =>
  Buffer.concat([
    txt('__MPE_claim_message'),
    addressBytes(mpe),
    uint256Bytes(channel),
    uint256Bytes(nonce),
    uint256Bytes(amount),
  ])

/** S2: GetChannelState. */
export const channelStateMessage = (mpe: Address, channel: ChannelId, block: bigint): Uint8Array =>
  Buffer.concat([txt('__get_channel_state'), addressBytes(mpe), uint256Bytes(channel), uint256Bytes(block)])

/** S3: GetListUnclaimed. */
export const listUnclaimedMessage = (mpe: Address, block: bigint): Uint8Array =>
  Buffer.concat([txt('__list_unclaimed'), addressBytes(mpe), uint256Bytes(block)])

/** S4: GetListInProgress. */
export const listInProgressMessage = (mpe: Address, block: bigint): Uint8Array =>
  Buffer.concat([txt('__list_in_progress'), addressBytes(mpe), uint256Bytes(block)])

/**
 * S5: StartClaim; the nonce is the merged one. A claim that sends back what is left has words of its own, so that nobody
 * on the way can make it of another, and a daemon that does not know it refuses it.
 */
export const startClaimMessage = (
  mpe: Address,
  { channel, nonce, sendback = false }: { channel: ChannelId; nonce: ChannelNonce; sendback?: boolean },
): Uint8Array =>
  Buffer.concat([
    txt(sendback ? '__start_claim_sendback' : '__start_claim'),
    addressBytes(mpe),
    uint256Bytes(channel),
    uint256Bytes(nonce),
  ])

/** S6: StartClaimForMultipleChannels; the ids are signed in ascending order, whatever order the request has. */
export const startClaimsMessage = (mpe: Address, channels: readonly ChannelId[], block: bigint): Uint8Array =>
  Buffer.concat([
    txt('__StartClaimForMultipleChannels_'),
    addressBytes(mpe),
    ...[...channels].sort((a, b) => (a < b ? -1 : 1)).map(uint256Bytes),
    uint256Bytes(block),
  ])

/** S7: GetToken, over the 65 bytes of the payment signature as sent. */
export const tokenRequestMessage = (claimSignature: Uint8Array, block: bigint): Uint8Array =>
  Buffer.concat([claimSignature, uint256Bytes(block)])

export interface FreeCallCaller {
  /** Address as the client spelled it: its text is signed, letter case included. */
  readonly address: string
  readonly userId: string
  readonly organization: string
  readonly service: string
  /** Group id in base64, as in metadata. */
  readonly group: string
}

/** S8: GetFreeCallToken. */
export const freeCallMessage = (caller: FreeCallCaller, block: bigint): Uint8Array =>
  Buffer.concat([
    txt('__prefix_free_trial'),
    txt(caller.address),
    txt(caller.userId),
    txt(caller.organization),
    txt(caller.service),
    txt(caller.group),
    uint256Bytes(block),
  ])

/** S9: body of a free-call token; group by its *name*, the user by its raw bytes, and no service id. */
export const freeCallTokenMessage = (
  token: { organization: string; groupName: string; user: Address; userId: string },
  expirationBlock: bigint,
): Uint8Array =>
  Buffer.concat([
    txt(token.organization),
    txt(token.groupName),
    addressBytes(token.user),
    txt(token.userId),
    uint256Bytes(expirationBlock),
  ])

/** S10: GetFreeCallsAvailable and a free call: S8 followed by all bytes of the token. */
export const freeCallUseMessage = (caller: FreeCallCaller, block: bigint, token: Uint8Array): Uint8Array =>
  Buffer.concat([freeCallMessage(caller, block), token])

/** S11, and S12 with the message `unified`: training; the message text is signed as sent. */
export const trainingMessage = (message: string, signer: Address, block: bigint): Uint8Array =>
  Buffer.concat([txt(message), addressBytes(signer), uint256Bytes(block)])

/** S13: the configuration service; `method` is the bare method name. */
export const configurationMessage = (method: string, block: bigint): Uint8Array =>
  Buffer.concat([txt(`_${method}`), uint256Bytes(block)])

/**
 * S13 of UpdateConfiguration: for one daemon only, and over the hash of all that is changed, as JSON without white space
 * whose keys are sorted by their bytes.
 */
export const configurationUpdateMessage = (
  { daemonId, updated }: { daemonId: string; updated: Readonly<Record<string, string>> },
  block: bigint,
): Uint8Array =>
  Buffer.concat([
    configurationMessage('UpdateConfiguration', block),
    txt(daemonId),
    keccak256(txt(sortedJson(updated))),
  ])

function sortedJson(texts: Readonly<Record<string, string>>): string {
  const keys = Object.keys(texts).sort((a, b) => Buffer.compare(txt(a), txt(b)))
  return `{${keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(texts[key])}`).join(',')}}`
}

/** S14: headers of metering requests. */
export const meteringMessage = (
  about: { userName: string; organization: string; service: string; group: string },
  block: bigint,
): Uint8Array =>
  Buffer.concat([
    txt('_usage'),
    txt(about.userName),
    txt(about.organization),
    txt(about.service),
    txt(about.group),
    uint256Bytes(block),
  ])
