import { connect } from 'node:net'
import type { Dice } from '../attacker/dice.js'
import { framed } from '../by-hand.js'
import type { Lines } from '../fuzz/hpack-writer.js'
import { Peer } from '../fuzz/peer.js'

const HEAD: Lines = [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/plan.Plan/Chat'],
  [':authority', 'a'],
  ['te', 'trailers'],
  ['content-type', 'application/grpc'],
]
/** Headers of the payment that each paid call brings. */
export const PAYMENT: Lines = [
  ['snet-payment-type', 'escrow'],
  ['snet-payment-channel-id', '7'],
  ['snet-payment-channel-nonce', '3'],
  ['snet-payment-channel-amount', '10'],
  ['snet-payment-channel-signature-bin', Buffer.alloc(65, 1).toString('base64')],
]

export interface OddCounts {
  answered: number
  /** Taken back, or cut off with their connection. */
  givenUp: number
  failed: number
}

/** Some calls on a connection of their own: whole ones, some that are taken back, and now and then a client that vanishes. */
export async function makeOddCalls(port: number, isPaid: boolean, dice: Dice): Promise<OddCounts> {
  const counts: OddCounts = { answered: 0, givenUp: 0, failed: 0 }
  const open = new Set<number>()
  let vanishes = false
  const peer: Peer = new Peer(connect(port, '127.0.0.1'), 'client', dice, {
    onHeaders(stream, fields, ends) {
      if (!ends || !open.delete(stream)) return
      if (fields.some(([name, value]) => name === 'grpc-status' && value === '0')) counts.answered++
      else counts.failed++
    },
    onData: () => undefined,
    onReset(stream) {
      if (open.delete(stream)) counts.failed++
    },
    onClose() {
      counts[vanishes ? 'givenUp' : 'failed'] += open.size
      open.clear()
    },
    onFault: () => counts.failed++,
  })
  for (let stream = 1; stream < 2 * dice.between(1, 8); stream += 2) {
    const message = framed(Buffer.alloc(dice.pick([0, 10, 1_000, 100_000]), stream))
    const givesUp = dice.oneIn(4)
    peer.queue(
      stream,
      { kind: 'headers', fields: [...HEAD, ...(isPaid ? PAYMENT : [])], ends: false },
      { kind: 'data', bytes: message, ends: !givesUp },
      ...(givesUp ? [{ kind: 'reset', code: 8 } as const] : []),
    )
    if (givesUp) counts.givenUp++
    else open.add(stream)
  }
  if (dice.oneIn(6)) {
    await peer.whenOpened()
    vanishes = true
    peer.destroy()
  } else while (open.size > 0 && !peer.isOver) await peer.whenRead()
  peer.end()
  await peer.whenOver()
  return counts
}
