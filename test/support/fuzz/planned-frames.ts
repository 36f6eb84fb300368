import { type AddressInfo, createServer, type Socket } from 'node:net'
import { framed } from '../by-hand.js'
import { Dice } from '../attacker/dice.js'
import type { CallPlan } from './call-plan.js'
import type { Lines } from './hpack-writer.js'
import { Peer } from './peer.js'
import type { Part } from './peer-events.js'

/** What a service saw of one call. */
export interface Heard {
  readonly fields: Lines
  readonly body: Buffer[]
  end: 'open' | 'end' | `reset ${number}` | 'cut'
}

export interface PlannedFrames extends AsyncDisposable {
  readonly url: URL
  readonly heard: ReadonlyMap<string, Heard>
  /** What the gate did against the rules. */
  readonly faults: string[]
  /** Calls that are not over. */
  readonly openCalls: number
  /** Forgets what was heard; answers as these plans say, on new connections. */
  begin(seed: string, plans: ReadonlyMap<string, CallPlan>): Promise<void>
  /** Tells the gate to make its next calls on another connection. */
  leave(): void
}

/** Streams that a client of ours opens are never above it. */
const LARGEST_STREAM = 2 ** 31 - 1

/** A service by the byte that answers each call as the plan says that its `x-plan` names. */
export async function startPlannedFrames(): Promise<PlannedFrames> {
  const peers = new Set<Peer>()
  const heard = new Map<string, Heard>()
  const faults: string[] = []
  let plans: ReadonlyMap<string, CallPlan> = new Map()
  let seed = ''
  let count = 0

  const serve = (socket: Socket): void => {
    const calls = new Map<number, { readonly plan: CallPlan | undefined; readonly seen: Heard }>()
    const answer = (stream: number, plan: CallPlan, seen: Heard): void => {
      peer.queue(stream, ...answerOf(plan))
      // From here on nobody tells the service how it ends.
      if (plan.ending === 'reset' && seen.end === 'open') seen.end = 'end'
    }
    const peer: Peer = new Peer(socket, 'server', new Dice(`${seed}/service/${count++}`), {
      onHeaders(stream, fields, ends) {
        const known = calls.get(stream)
        if (known) return this.onData(stream, Buffer.alloc(0), ends)
        const key = fields.find(([name]) => name === 'x-plan')?.[1] ?? ''
        const seen: Heard = { fields, body: [], end: 'open' }
        heard.set(key, seen)
        const call = { plan: plans.get(key), seen }
        calls.set(stream, call)
        if (call.plan && !call.plan.answersLate) answer(stream, call.plan, seen)
        if (ends) this.onData(stream, Buffer.alloc(0), true)
      },
      onData(stream, bytes, ends) {
        const call = calls.get(stream)
        if (!call) return
        call.seen.body.push(bytes)
        if (!ends) return
        if (call.seen.end === 'open') call.seen.end = 'end'
        if (call.plan?.answersLate) answer(stream, call.plan, call.seen)
      },
      onReset(stream, code) {
        const seen = calls.get(stream)?.seen
        if (seen?.end === 'open') seen.end = `reset ${code}`
      },
      onClose() {
        for (const { seen } of calls.values()) if (seen.end === 'open') seen.end = 'cut'
        peers.delete(peer)
      },
      onFault: (what) => faults.push(`to the service: ${what}`),
    })
    peers.add(peer)
  }
  const server = createServer(serve)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const leave = (): void => {
    for (const peer of peers) peer.goAway(LARGEST_STREAM)
  }
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    heard,
    faults,
    get openCalls() {
      return [...heard.values()].filter(({ end }) => end === 'open').length
    },
    async begin(next, nextPlans) {
      const gone = [...peers].map((peer) => peer.whenOver())
      leave()
      await Promise.all(gone)
      heard.clear()
      faults.length = 0
      ;[seed, plans, count] = [next, nextPlans, 0]
    },
    leave,
    async [Symbol.asyncDispose]() {
      for (const peer of peers) peer.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

function answerOf({ head, headers, answers, trailers, informational, ending, resetCode }: CallPlan): Part[] {
  const early = Array.from({ length: informational }, (): Part => ({
    kind: 'headers',
    fields: [[':status', '103']],
    ends: false,
  }))
  if (!headers && ending === 'status')
    return [...early, { kind: 'headers', fields: [...head, ...trailers], ends: true }]
  const body = answers.map((message): Part => ({ kind: 'data', bytes: framed(message), ends: false }))
  const begun: Part[] = [...early, { kind: 'headers', fields: [...head, ...(headers ?? [])], ends: false }, ...body]
  if (ending === 'reset') return [...begun, { kind: 'reset', code: resetCode }]
  if (ending === 'no status') return [...begun, { kind: 'data', bytes: Buffer.alloc(0), ends: true }]
  return [...begun, { kind: 'headers', fields: trailers, ends: true }]
}
