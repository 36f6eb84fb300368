import { expect, test } from 'vitest'
import { framed } from '../../../support/by-hand.js'
import { DATA_PLANE } from '../../../support/gateway-config.js'
import { GreedyClient } from '../../../support/greedy-client.js'
import { type SoakChild, startSoakChild } from '../../../support/soak/child.js'
import { until } from '../../../support/until.js'
import { paid } from './harness.js'

// A gate in a process of its own, where calls wait for a verdict that never comes.

const MIB = 2 ** 20
const CALL_WINDOW_MIB = 1 / 4
/** Node's HTTP/2 holds calls one by one only. */
const CONNECTION_WINDOW_MIB = DATA_PLANE === 'frames' ? 8 : Infinity
/** And takes up to a window more of a call into its own buffers. */
const READ_AHEAD = DATA_PLANE === 'frames' ? 1 : 2
/** Of each byte that it holds: what a piece of a socket's read lies in may be larger. */
const OVERHEAD = 1.25
/** For calls and connections, and what is not given back at once. */
const ROOM_MIB = 30

interface Load {
  readonly connections: number
  readonly calls: number
}

/** That many connections, each with that many calls which send as much as they may. Returns how many MiB they have sent. */
async function fill(port: number, { connections, calls }: Load): Promise<{ sentMiB: number } & Disposable> {
  const clients = Array.from({ length: connections }, () => new GreedyClient({ host: '127.0.0.1', port }))
  const body = framed(Buffer.alloc(MIB))
  const headers = paid().toHttp2Headers() as never
  let sent = 0
  for (const client of clients) {
    for (let i = 0; i < calls; i++) client.call({ path: '/plan.Plan/Unary', headers, body }).catch(() => undefined)
    sent += await client.sentUntilHeld()
  }
  return {
    sentMiB: sent / MIB,
    [Symbol.dispose]() {
      for (const client of clients) client[Symbol.dispose]()
    },
  }
}

const held = (gate: SoakChild) => gate.read().then(({ heapMiB, externalMiB }) => heapMiB + externalMiB)

test.each<Load>([
  { connections: 50, calls: 4 },
  { connections: 4, calls: 60 },
])(
  '$connections connections with $calls waiting calls each take what their windows say, and give it back',
  async (load) => {
    await using gate = await startSoakChild('waiting-gate-process.ts', DATA_PLANE)
    const before = await gate.read()
    const windowsMiB = load.connections * Math.min(load.calls * CALL_WINDOW_MIB, CONNECTION_WINDOW_MIB)
    {
      using filled = await fill(gate.ports[1] as number, load)
      expect(filled.sentMiB).toBeGreaterThan(windowsMiB)
      expect(filled.sentMiB).toBeLessThan(windowsMiB * READ_AHEAD * 1.02)
      const now = await gate.read()
      expect(now.callsInFlight).toBe(load.connections * load.calls)
      const taken = now.externalMiB + now.heapMiB - before.externalMiB - before.heapMiB
      expect(taken).toBeGreaterThan(windowsMiB * 0.95)
      expect(taken).toBeLessThan(filled.sentMiB * OVERHEAD + 10)
      expect(now.residentMiB - before.residentMiB).toBeLessThan(filled.sentMiB * OVERHEAD + ROOM_MIB)
    }
    await until('the calls are over', async () => (await gate.read()).callsInFlight === 0, { everyMs: 50 })
    expect((await held(gate)) - before.externalMiB - before.heapMiB).toBeLessThan(10)
    expect((await gate.read()).errors).toEqual([])
  },
)
