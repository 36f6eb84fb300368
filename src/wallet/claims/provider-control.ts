import { listInProgressMessage, listUnclaimedMessage, startClaimMessage } from '../../ethereum/index.js'
import { SnetError } from '../../shared/errors.js'
import {
  type Address,
  bigEndian,
  type BlockNumber,
  blockNumber,
  type ChannelId,
  channelId,
  type ChannelNonce,
  channelNonce,
  type Cogs,
  cogs,
  uint256Bytes,
} from '../../shared/units.js'
import { type Connection, type PaymentReply, providerCalls } from '../../shared/wire/index.js'
import type { Account } from '../account.js'

/** What clients have signed on a channel, and nobody has begun to claim. */
export interface Unclaimed {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  readonly amount: Cogs
  readonly expiration: BlockNumber
}

/** A claim that the daemon has begun: the channel is at its next nonce there, and this waits for the chain. */
export interface StartedClaim {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  readonly amount: Cogs
  readonly signature: Uint8Array
  /** What is left in the channel goes back to its sender. */
  readonly sendback: boolean
}

/** The provider's side of a daemon. Errors: as the daemon tells them; `upstream-failed` for a senseless answer. */
export interface ProviderControl {
  unclaimed(): Promise<Unclaimed[]>
  inProgress(): Promise<StartedClaim[]>
  start(channel: ChannelId, nonce: ChannelNonce, how: { readonly sendback: boolean }): Promise<StartedClaim>
}

const TIMEOUT_MS = 20_000

export interface ControlConfig {
  readonly connection: Connection
  /** Of the payment address. */
  readonly account: Account
  readonly escrow: Address
  /** The newest one. */
  readonly readBlock: () => Promise<bigint>
  readonly signal: AbortSignal | undefined
}

export function createProviderControl({
  connection,
  account,
  escrow,
  readBlock,
  signal,
}: ControlConfig): ProviderControl {
  const calls = providerCalls(connection, { timeoutMs: TIMEOUT_MS, signal })
  const signed = async (message: (block: bigint) => Uint8Array) => {
    const block = await readBlock()
    const signature = await account.signMessage(message(block))
    return { mpe_address: escrow, current_block: String(block), signature }
  }
  return {
    async unclaimed() {
      const reply = await calls.listUnclaimed(await signed((block) => listUnclaimedMessage(escrow, block)))
      return (reply.payments ?? []).map((payment) => ({
        ...toClaimed(payment),
        expiration: blockNumber(number(payment.channel_expiry)),
      }))
    },
    async inProgress() {
      const reply = await calls.listInProgress(await signed((block) => listInProgressMessage(escrow, block)))
      return (reply.payments ?? []).map(toStarted)
    },
    async start(channel, nonce, { sendback }) {
      const signature = await account.signMessage(startClaimMessage(escrow, { channel, nonce, sendback }))
      const request = { mpe_address: escrow, channel_id: uint256Bytes(channel), signature, sendback }
      return toStarted(await calls.startClaim(request))
    },
  }
}

const toClaimed = ({ channel_id, channel_nonce, signed_amount }: PaymentReply) => ({
  channel: channelId(number(channel_id)),
  nonce: channelNonce(number(channel_nonce)),
  amount: cogs(number(signed_amount)),
})

const toStarted = (payment: PaymentReply): StartedClaim => ({
  ...toClaimed(payment),
  signature: payment.signature ?? new Uint8Array(),
  sendback: payment.sendback ?? false,
})

function number(bytes: Uint8Array = new Uint8Array()): bigint {
  if (bytes.length <= 32) return bigEndian(bytes)
  throw new SnetError('upstream-failed', `the daemon sent a number of ${bytes.length} bytes`)
}
