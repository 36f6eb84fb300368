import { BoundedMap } from '../../shared/bounded-map.js'
import type { TextMessage } from '../../shared/wire/index.js'
import type { FleetPeer } from './fleet.js'
import { follow, type WatchCallbacks } from '../follow.js'

export interface FollowMessages extends WatchCallbacks {
  readonly group: string
  /** How many of the newest come first; 0 for all. */
  readonly limit: number
  readonly signal: AbortSignal
  readonly giveUp: string
}

/** Messages that are remembered, to know where a host that comes back has to go on. */
const REMEMBERED = 10_000

/** The newest messages of a group and those to come, each once, through outages of the host. */
export async function* followMessages(
  peer: FleetPeer,
  { group, limit, ...options }: FollowMessages,
): AsyncGenerator<TextMessage> {
  // Who answers now is waited for later, even if no message has come by then.
  await peer.call('GetPeer', {}, options)
  const shown = new BoundedMap<string, number>(REMEMBERED)
  let openings = 0
  let isNew = true
  const open = (): AsyncIterable<TextMessage> => {
    isNew = openings++ === 0 || shown.size === 0
    const request = { group, limit: String(isNew ? limit : 0), follow: true }
    return peer.client.stream('ListMessages', request, options)
  }
  for await (const message of follow(open, { ...options, hasAnswered: true })) {
    const cid = Buffer.from(message.cid ?? []).toString('hex')
    const receivedAt = Number(message.received_at ?? 0)
    // A list that is read again begins with what is older than all that was shown.
    isNew ||= shown.has(cid) || receivedAt >= (shown.values().next().value ?? 0)
    if (!isNew || shown.has(cid)) continue
    shown.set(cid, receivedAt)
    yield message
  }
}
