import { connect } from 'node:net'
import { framed } from '../by-hand.js'
import { Dice } from '../attacker/dice.js'
import type { CallPlan } from './call-plan.js'
import type { Lines } from './hpack-writer.js'
import { Peer } from './peer.js'
import type { Part } from './peer-events.js'

/** What a client saw of one call. */
export interface Seen {
  readonly heads: Lines[]
  readonly body: Buffer[]
  end: 'open' | 'end' | `reset ${number}` | 'given up' | 'cut'
}

export interface Played {
  readonly calls: ReadonlyMap<string, Seen>
  /** The error code that the gate ended the connection with. */
  readonly goaway: number | undefined
  readonly faults: readonly string[]
}

const PAYMENT: Lines = [
  ['snet-payment-type', 'escrow'],
  ['snet-payment-channel-id', '7'],
  ['snet-payment-channel-nonce', '3'],
  ['snet-payment-channel-amount', '10'],
  ['snet-payment-channel-signature-bin', Buffer.alloc(65, 1).toString('base64')],
]

export interface Course {
  readonly port: number
  readonly seed: string
  readonly isPaid: boolean
  /** Says GOAWAY behind its last call. */
  readonly leaves: boolean
  /** Called once, somewhere in between. */
  readonly onMidway: () => void
}

/** Makes all calls of one connection, mixed as the dice fall; resolves when each has ended and the connection too. */
export async function playCalls(plans: readonly CallPlan[], course: Course): Promise<Played> {
  const { port, seed, isPaid, leaves, onMidway } = course
  const dice = new Dice(`${seed}/client`)
  const byStream = new Map<number, { readonly plan: CallPlan; readonly seen: Seen; bytes: number }>()
  const faults: string[] = []
  let left = plans.length
  let onAllOver = (): void => undefined
  const allOver = new Promise<void>((done) => (onAllOver = done))
  const over = (seen: Seen, end: Seen['end']): void => {
    if (seen.end !== 'open') return
    seen.end = end
    left--
    if (left === Math.floor(plans.length / 2)) onMidway()
    if (left === 0) onAllOver()
  }
  const peer: Peer = new Peer(connect(port, '127.0.0.1'), 'client', dice, {
    onHeaders(stream, fields, ends) {
      const call = byStream.get(stream)
      if (!call) return void faults.push(`headers on stream ${stream}, which nobody opened`)
      if (call.seen.end === 'end') faults.push(`headers behind the end of ${call.plan.key}`)
      call.seen.heads.push(fields)
      this.onData(stream, Buffer.alloc(0), ends)
    },
    onData(stream, bytes, ends) {
      const call = byStream.get(stream)
      if (!call) return void faults.push(`data on stream ${stream}, which nobody opened`)
      if (call.seen.end === 'end') faults.push(`data behind the end of ${call.plan.key}`)
      if (call.seen.end === 'open') call.seen.body.push(bytes)
      call.bytes += bytes.length
      if (ends) return over(call.seen, 'end')
      const limit = call.plan.givesUpAfter
      if (limit === undefined || call.bytes < limit || call.seen.end !== 'open') return
      peer.giveUp(stream, dice.pick([8, 0, 2]))
      over(call.seen, 'given up')
    },
    onReset(stream, code) {
      const call = byStream.get(stream)
      if (!call) return void faults.push(`a reset of stream ${stream}, which nobody opened`)
      if (call.seen.end === 'end' && code !== 0) faults.push(`reset ${code} behind the end of ${call.plan.key}`)
      over(call.seen, `reset ${code}`)
    },
    onClose() {
      for (const { seen } of byStream.values()) over(seen, 'cut')
      onAllOver()
    },
    onFault: (what) => faults.push(`to the client: ${what}`),
  })
  let stream = -1
  for (const plan of plans) {
    stream += dice.oneIn(5) ? 2 * dice.between(1, 20) : 2
    const seen: Seen = { heads: [], body: [], end: 'open' }
    byStream.set(stream, { plan, seen, bytes: 0 })
    const parts = requestOf(plan, isPaid)
    if (plan.givesUpAfter !== -1) peer.queue(stream, ...parts)
    else {
      peer.queue(stream, ...parts.slice(0, dice.between(1, parts.length)).map(endless), { kind: 'reset', code: 8 })
      over(seen, 'given up')
    }
  }
  if (leaves) await peer.whenOpened().then(() => peer.goAway(0))
  await allOver
  await peer.whenRead()
  const { goaway } = peer
  peer.end()
  await peer.whenOver()
  return { calls: new Map([...byStream.values()].map(({ plan, seen }) => [plan.key, seen])), goaway, faults }
}

const endless = (part: Part): Part => (part.kind === 'reset' ? part : { ...part, ends: false })

function requestOf({ shape, key, metadata, requests, requestEnds }: CallPlan, isPaid: boolean): Part[] {
  const fields: Lines = [
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', `/plan.Plan/${shape}`],
    [':authority', 'a.example'],
    ['te', 'trailers'],
    ['content-type', 'application/grpc'],
    ['x-plan', key],
    ...(isPaid ? PAYMENT : []),
    ...metadata,
  ]
  const body = requests.map((message): Part => ({ kind: 'data', bytes: framed(message), ends: false }))
  const head: Part = { kind: 'headers', fields, ends: false }
  if (requestEnds === 'with trailers')
    return [head, ...body, { kind: 'headers', fields: [['x-after', '1']], ends: true }]
  const last = body.pop()
  if (requestEnds === 'with nothing' || last?.kind !== 'data')
    return [head, ...body, ...(last ? [last] : []), { kind: 'data', bytes: Buffer.alloc(0), ends: true }]
  return [head, ...body, { ...last, ends: true }]
}
