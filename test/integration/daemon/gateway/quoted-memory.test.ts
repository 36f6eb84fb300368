import type { ClientHttp2Stream } from 'node:http2'
import { expect, test } from 'vitest'
import { framed } from '../../../support/by-hand.js'
import { DATA_PLANE } from '../../../support/gateway-config.js'
import { GreedyClient } from '../../../support/greedy-client.js'
import { startSoakChild } from '../../../support/soak/child.js'
import { until } from '../../../support/until.js'
import { paid } from './harness.js'

// A gate in a process of its own, which waits for the first message of each call to ask its service for the price.

const MIB = 2 ** 20
const KEPT_MIB = 32
const MESSAGE_MIB = 4
const [CONNECTIONS, CALLS] = [10, 4]
/** Calls that may go on. */
const KEPT_CALLS = KEPT_MIB / MESSAGE_MIB
/** For calls and connections, and what is not given back at once. */
const ROOM_MIB = 25
const RATE_LIMITED = '8'

/** A call whose message lacks its last byte. Returns the status that it ends with, once it does. */
function callInVain({ session }: GreedyClient, body: Uint8Array): Promise<unknown> {
  const stream: ClientHttp2Stream = session.request({
    ...{ ':method': 'POST', ':path': '/plan.Plan/Unary', 'content-type': 'application/grpc', te: 'trailers' },
    ...(paid().toHttp2Headers() as Record<string, string>),
  })
  stream.write(body)
  stream.on('error', () => undefined).resume()
  return new Promise((done) => stream.once('response', (headers) => done(headers['grpc-status'])))
}

test('first messages of calls whose price is not known are kept up to a bound, and who was slowest goes', async () => {
  await using gate = await startSoakChild('quoting-gate-process.ts', DATA_PLANE, String(KEPT_MIB))
  const before = await gate.read()
  const body = framed(Buffer.alloc(MESSAGE_MIB * MIB)).subarray(0, -1)
  const clients = Array.from(
    { length: CONNECTIONS },
    () => new GreedyClient({ host: '127.0.0.1', port: gate.ports[1] as number }),
  )
  const ends: Promise<unknown>[] = []
  for (const client of clients) {
    for (let i = 0; i < CALLS; i++) ends.push(callInVain(client, body))
    await client.sentUntilHeld()
  }
  await until('the others have gone', async () => (await gate.read()).callsInFlight <= KEPT_CALLS)
  const refused = ends.slice(0, CONNECTIONS * CALLS - KEPT_CALLS - CALLS)
  expect(new Set(await Promise.all(refused))).toEqual(new Set([RATE_LIMITED]))
  const now = await gate.read()
  expect(now.callsInFlight).toBe(KEPT_CALLS)
  const held = now.heapMiB + now.externalMiB - before.heapMiB - before.externalMiB
  expect(held).toBeGreaterThan(KEPT_CALLS * MESSAGE_MIB * 0.95)
  expect(held).toBeLessThan(KEPT_MIB + ROOM_MIB)
  for (const client of clients) client[Symbol.dispose]()
  await until('the calls are over', async () => (await gate.read()).callsInFlight === 0)
  expect((await gate.read()).errors).toEqual([])
})
