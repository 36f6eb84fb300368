import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { registerAnother } from '../support/another-service.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { type HttpService, startHttpService } from '../support/json-rpc-service.js'
import { openTestNetwork } from '../support/network.js'
import { ADD, asMetadata, askState, clientOf, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { shellProgram } from '../support/program.js'
import { until } from '../support/until.js'

const HANG = '/example_service.Calculator/div'
/** Result { value: 5 } */
const FIVE = Buffer.from('090000000000001440', 'hex')
const PRICE = 10n

let network: Network
let service: HttpService
let pids: string
const gates: StartedGate[] = []
beforeAll(async () => {
  network = await openTestNetwork()
  service = await startHttpService((body, response) => {
    const { id, method, params } = JSON.parse(String(body)) as { id: number; method: string; params: unknown }
    if (method !== 'add') return response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { message: 'not today' } }))
    const { a = 0, b = 0 } = params as { a?: number; b?: number }
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { value: a + b } }))
  })
}, 120_000)
afterAll(async () => {
  for (const part of [...gates, service, network]) await part?.[Symbol.asyncDispose]()
})

/** A daemon before a service of that type. */
async function openGate(type: string, settings: Readonly<Record<string, unknown>>): Promise<StartedGate> {
  const id = `${type}-service`
  await registerAnother(network, id, (published) => ({ ...published, service_type: type }))
  const gate = await startGate(network, id, { service_id: id, ...settings })
  gates.push(gate)
  return gate
}

/** A paid call that is answered, one that fails and costs nothing, and the same amount spent on one that is answered. */
async function buyTwice(
  gate: StartedGate,
  failing: { method: string; details: string },
  answer: Buffer,
): Promise<void> {
  using client = clientOf({ ...network, endpoint: gate.endpoint })
  const buy = (method: string, amount: bigint) => {
    const metadata = asMetadata(paymentHeaders(network, { channel: network.channel, amount }))
    return client.call(method, [TWO_AND_THREE], { metadata })
  }
  expect(await buy(ADD, PRICE)).toMatchObject({ code: 0, messages: [answer] })
  expect(await buy(failing.method, 2n * PRICE)).toMatchObject({ code: 13, details: failing.details, messages: [] })
  expect((await askState(network, client, network.channel)).amount).toBe(PRICE)
  expect(await buy(ADD, 2n * PRICE)).toMatchObject({ code: 0, messages: [answer] })
  expect((await askState(network, client, network.channel)).amount).toBe(2n * PRICE)
}

test('a program answers paid calls, and what it started ends with a daemon that is killed', async () => {
  const directory = join(network.directory, 'program')
  await mkdir(directory)
  pids = join(directory, 'pids')
  const lines = `case $1 in
    add) printf '${[...FIVE].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}' ;;
    div) sleep 1000 & echo $$ $! > ${pids}; wait ;;
    *) echo "no $1" >&2; exit 4 ;;
  esac`
  const gate = await openGate('process', { executable_path: await shellProgram(directory, lines) })
  const fails = { method: '/example_service.Calculator/mul', details: 'process failed: exit status 4; output=' }
  await buyTwice(gate, fails, FIVE)

  using client = clientOf({ ...network, endpoint: gate.endpoint })
  const metadata = asMetadata(paymentHeaders(network, { channel: network.channel, amount: 3n * PRICE }))
  const hanging = client.call(HANG, [TWO_AND_THREE], { metadata })
  const started = async () => (await readFile(pids, 'utf8').catch(() => '')).split(/\s+/).filter(Boolean).map(Number)
  await until('the program hangs', async () => (await started()).length === 2)
  const running = await started()
  gate.child.process.kill('SIGKILL')
  expect((await hanging).code).not.toBe(0)
  await until('nothing of it is left', () => !running.some(isAlive))
})

test('a JSON-RPC service answers paid calls in protobuf', async () => {
  const gate = await openGate('jsonrpc', { service_endpoint: service.url.href })
  const fails = { method: '/example_service.Calculator/mul', details: 'json-rpc error; error: not today' }
  await buyTwice(gate, fails, FIVE)
  expect(JSON.parse(service.seen[0]?.body ?? '')).toMatchObject({ method: 'add', params: { a: 2, b: 3 } })
})

test('without passthrough a request is its own answer, whatever the type of the service', async () => {
  const gate = await openGate('http', { passthrough_enabled: false })
  using client = clientOf({ ...network, endpoint: gate.endpoint })
  const metadata = asMetadata(paymentHeaders(network, { channel: network.channel, amount: PRICE }))
  expect(await client.call(ADD, [TWO_AND_THREE], { metadata })).toMatchObject({ code: 0, messages: [TWO_AND_THREE] })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
