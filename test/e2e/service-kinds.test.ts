import { mkdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
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

const MUL = '/example_service.Calculator/mul'
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
  service = await startHttpService(answer)
}, 120_000)
afterAll(async () => {
  for (const part of [...gates, service, network]) await part?.[Symbol.asyncDispose]()
})

interface Numbers {
  readonly a?: number
  readonly b?: number
}

/** JSON-RPC at its own path, and a page for each method below it. */
function answer(body: Buffer, response: ServerResponse, { url = '' }: IncomingMessage): void {
  const read = JSON.parse(String(body)) as unknown
  const page = /^\/rpc\/(\w+)/.exec(url)?.[1]
  if (page !== undefined)
    return void response.writeHead(page === 'add' ? 200 : 500).end(JSON.stringify(sumOf(read as Numbers)))
  const { id, method, params } = read as { id: number; method: string; params: Numbers }
  const said = method === 'add' ? { result: sumOf(params) } : { error: { message: 'not today' } }
  response.end(JSON.stringify({ jsonrpc: '2.0', id, ...said }))
}

const sumOf = ({ a = 0, b = 0 }: Numbers): { value: number } => ({ value: a + b })

/** A daemon before a service of that type. */
async function openGate(type: string, settings: Readonly<Record<string, unknown>>): Promise<StartedGate> {
  const id = `${type}-service-${gates.length}`
  await registerAnother(network, id, (published) => ({ ...published, service_type: type }))
  const gate = await startGate(network, id, { service_id: id, ...settings })
  gates.push(gate)
  return gate
}

/** A paid call that is answered, one that fails and costs nothing, and the same amount spent on one that is answered. */
async function buyTwice(gate: StartedGate, failing: object, answer: Buffer): Promise<void> {
  using client = clientOf({ ...network, endpoint: gate.endpoint })
  const buy = (method: string, amount: bigint) => {
    const metadata = asMetadata(paymentHeaders(network, { channel: network.channel, amount }))
    return client.call(method, [TWO_AND_THREE], { metadata })
  }
  expect(await buy(ADD, PRICE)).toMatchObject({ code: 0, messages: [answer] })
  expect(await buy(MUL, 2n * PRICE)).toMatchObject({ ...failing, messages: [] })
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
  await buyTwice(gate, { code: 13, details: 'process failed: exit status 4; output=' }, FIVE)

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
  await buyTwice(gate, { code: 13, details: 'json-rpc error; error: not today' }, FIVE)
  expect(JSON.parse(service.seen.at(-1)?.body ?? '')).toMatchObject({ method: 'add', params: { a: 2, b: 3 } })
})

test('a plain HTTP API answers paid calls in protobuf', async () => {
  const gate = await openGate('http', { service_endpoint: service.url.href })
  const details = expect.stringContaining('upstream http status 500: {"value":5}') as string
  await buyTwice(gate, { code: 14, details }, FIVE)
  expect(service.seen.at(-1)).toMatchObject({ url: '/rpc/add?model=a', body: '{"a":2,"b":3}' })
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
