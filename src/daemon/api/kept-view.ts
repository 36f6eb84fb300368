import { SnetError } from '../../shared/errors.js'
import { type ChannelId, channelId, groupIdBytes, isUint256 } from '../../shared/units.js'
import type {
  HoldMessage,
  KeptChannelMessage,
  KeptChannelsMessage,
  KeptClaimMessage,
  KeptClaimsMessage,
  ListChannelsMessage,
  UnlockChannelMessage,
  UnlockChannelReplyMessage,
} from '../../shared/wire/index.js'
import type { ChannelHolds, ChannelRecord, ClaimStore, HeldChannel, PendingClaim } from '../payments/index.js'

/** What is kept of payments, as the operator sees it. */
export interface Kept extends ClaimStore, ChannelHolds {
  read(id: ChannelId): Promise<ChannelRecord | undefined>
}

/** So many fit into one message, however long their numbers are. */
const MOST = 6_000

export async function listChannels(kept: Kept, { channel = '' }: ListChannelsMessage): Promise<KeptChannelsMessage> {
  if (channel !== '') {
    const id = parseId(channel)
    const [record, hold] = await Promise.all([kept.read(id), kept.heldOn(id)])
    return { channels: record || hold ? [toChannel(id, record, hold)] : [] }
  }
  const held = new Map((await kept.heldNow()).map((hold) => [hold.channel, hold]))
  const { found, more } = await firstOf(kept.list())
  const channels = found.map((record) => toChannel(record.id, record, held.get(record.id)))
  const known = new Set(found.map(({ id }) => id))
  const unknown = [...held.values()].filter(({ channel }) => !known.has(channel))
  return {
    channels: [...channels, ...(more ? [] : unknown.map((hold) => toChannel(hold.channel, undefined, hold)))],
    more,
  }
}

export async function listClaims(kept: Kept): Promise<KeptClaimsMessage> {
  const { found, more } = await firstOf(kept.listClaims())
  return { claims: found.map(toClaim), more }
}

/** A hold is a call that somebody waits for: it is ended on purpose only. */
export async function unlockChannel(
  kept: Kept,
  { channel = '', force = false }: UnlockChannelMessage,
): Promise<UnlockChannelReplyMessage> {
  const id = parseId(channel)
  const hold = await kept.heldOn(id)
  if (!hold) {
    if (await kept.read(id)) return {}
    throw new SnetError('not-found', `Channel {ID: ${id}} not found`, {
      hint: 'Nothing is kept of it, and nobody holds it.',
    })
  }
  if (!force) {
    throw new SnetError(
      'channel-busy',
      `channel {ID: ${id}} is held by ${hold.by} since ${new Date(hold.since).toISOString()}`,
      {
        hint: 'It is free when that has ended. With force it is cancelled now, and costs its client nothing.',
      },
    )
  }
  await kept.endHold(id)
  return { ended: toHold(hold) }
}

function parseId(text: string): ChannelId {
  const id = /^\d{1,78}$/.test(text) ? BigInt(text) : -1n
  if (!isUint256(id)) throw new SnetError('invalid-request', `"${text}" is no channel id: a decimal number`)
  return channelId(id)
}

async function firstOf<Item>(items: AsyncIterable<Item>): Promise<{ found: Item[]; more: boolean }> {
  const found: Item[] = []
  for await (const item of items) {
    if (found.length === MOST) return { found, more: true }
    found.push(item)
  }
  return { found, more: false }
}

const toChannel = (
  id: ChannelId,
  record: ChannelRecord | undefined,
  hold: HeldChannel | undefined,
): KeptChannelMessage => ({
  channel: String(id),
  ...(record && {
    nonce: String(record.nonce),
    sender: record.sender,
    signer: record.signer,
    recipient: record.recipient,
    value: String(record.value),
    expiration: String(record.expiration),
    authorized: String(record.authorized),
    group_id: Buffer.from(groupIdBytes(record.groupId)),
    signature: Buffer.from(record.signature),
  }),
  ...(hold && { hold: toHold(hold) }),
})

const toHold = ({ by, since, leaseLeftMs }: HeldChannel): HoldMessage => ({
  by,
  since: String(since),
  ...(leaseLeftMs !== undefined && { lease_left_seconds: leaseLeftMs / 1000 }),
})

const toClaim = ({ channel, nonce, amount, signature, sendback = false }: PendingClaim): KeptClaimMessage => ({
  channel: String(channel),
  nonce: String(nonce),
  amount: String(amount),
  sendback,
  signature: Buffer.from(signature),
})
