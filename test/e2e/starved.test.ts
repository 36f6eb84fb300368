import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { packageRoot } from '../../src/shared/package.js'
import { RawClient } from '../support/echo-service.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { Payer } from '../support/payer.js'

const LOAD = join(packageRoot, 'test', 'fixtures', 'hostile', 'http1-load.mjs')
const CALLS = 30
/** Of which a call took all, before HTTP/1.1 had to wait for its turn. */
const DEADLINE_MS = 5_000
const life = new Lifecycle()
let network: Network
let gate: StartedGate
beforeAll(async () => {
  network = await life.own('network', openTestNetwork())
  gate = await life.own('gate', startGate(network, 'starved'))
})
afterAll(() => life[Symbol.asyncDispose]())

/** A process that talks HTTP/1.1 to the gate until it is disposed. */
async function startLoad(connections: number, bytesPerSecond: number): Promise<Disposable> {
  const port = gate.endpoint.split(':')[1] as string
  const child = spawn(process.execPath, [LOAD, port, String(connections), String(bytesPerSecond)])
  await once(child.stdout, 'data')
  return { [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

test.each([
  [8, 1_000_000],
  [300, 2_000_000],
])('%d connections of HTTP/1.1 with %d bytes a second take no paid call its turn', async (...load) => {
  using _load = await startLoad(...load)
  const [host, port] = gate.endpoint.split(':') as [string, string]
  using client = new RawClient({ host, port: Number(port) })
  const payer = new Payer(network, await network.openChannel())
  for (let i = 0; i < CALLS; i++) {
    expect((await payer.pay(client, { deadline: new Date(Date.now() + DEADLINE_MS) })).code).toBe(0)
  }
  expect((await gate.status()).healthy).toBe(true)
})
