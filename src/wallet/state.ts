import { channelStateMessage, paymentMessage, signerOf, signMessage } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import {
  type Address,
  bigEndian,
  type ChannelNonce,
  channelNonce,
  type Cogs,
  cogs,
  uint256Bytes,
} from '../shared/units.js'
import { type ChannelStateReply, type Connection, getChannelState } from '../shared/wire/index.js'
import type { Key } from './keys.js'

/** Where a channel stands, as proved by signatures and the chain, whatever a daemon says. */
export interface ProvedState {
  /** Nonce that the next payment is signed under. */
  readonly nonce: ChannelNonce
  /** Already signed under that nonce. */
  readonly authorized: Cogs
  /** Left to spend on the channel. */
  readonly unspent: Cogs
}

const TIMEOUT_MS = 20_000

export async function askState(
  connection: Connection,
  {
    mpe,
    channel,
    block,
    key,
    signal,
  }: { mpe: Address; channel: EscrowChannel; block: bigint; key: Key; signal: AbortSignal },
): Promise<ProvedState> {
  const signature = signMessage(key.bytes, channelStateMessage(mpe, channel.id, block))
  const reply = await getChannelState(
    connection,
    { channel_id: uint256Bytes(channel.id), signature, current_block: String(block) },
    { timeoutMs: TIMEOUT_MS, signal },
  )
  return proveState(reply, { mpe, channel })
}

/**
 * Believes a daemon only what carries the signature of the channel's signer or sender, one of whom we are: what either
 * has signed can be claimed. The state is one of two: the chain's nonce with the newest amount signed under it; or,
 * while a claim is under way, the nonce after it with the old amount too, which then is as good as spent. Anything else
 * would make us sign money away. Error: `check-failed`, and nothing may be signed.
 */
export function proveState(
  reply: ChannelStateReply,
  { mpe, channel }: { mpe: Address; channel: EscrowChannel },
): ProvedState {
  const nonce = channelNonce(uint256(reply.current_nonce))
  const isClaimPending = nonce === channel.nonce + 1n
  if (nonce !== channel.nonce && !isClaimPending) {
    throw lie(`says nonce ${nonce}, the chain says ${channel.nonce}`)
  }
  const prove = (
    under: ChannelNonce,
    amount: Uint8Array | undefined,
    signature: Uint8Array | undefined,
    what: string,
  ): Cogs => {
    const value = cogs(uint256(amount))
    if (value === 0n) return value
    const message = paymentMessage(mpe, { channel: channel.id, nonce: under, amount: value })
    const by = signerOf(message, signature ?? new Uint8Array())
    if (by !== channel.signer && by !== channel.sender)
      throw lie(`shows no signature of the channel’s signer or sender over the ${what} amount ${value}`)
    return value
  }
  const authorized = prove(nonce, reply.current_signed_amount, reply.current_signature, 'current')
  const old = isClaimPending
    ? prove(channel.nonce, reply.old_nonce_signed_amount, reply.old_nonce_signature, 'old')
    : cogs(0n)
  if (isClaimPending && old === 0n) throw lie('says that a claim is under way and shows no signed amount for it')
  const unspent = channel.value - old - authorized
  if (unspent < 0n) throw lie(`shows ${old + authorized} cogs signed on a channel of ${channel.value}`)
  return { nonce, authorized, unspent: cogs(unspent) }
}

/** At most 32 bytes; more is no number of this protocol. */
function uint256(bytes: Uint8Array = new Uint8Array()): bigint {
  if (bytes.length > 32) throw lie(`sent a number of ${bytes.length} bytes`)
  return bigEndian(bytes)
}

const lie = (what: string): SnetError =>
  new SnetError('check-failed', `the daemon ${what}; nothing was signed`, {
    hint: 'Do not pay this daemon until its provider has explained it. --channel picks another channel.',
  })
