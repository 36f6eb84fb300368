import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { credentials } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RecoveryThreads } from '../../src/ethereum/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { packageRoot } from '../../src/shared/package.js'
import { asLines, framed } from '../support/by-hand.js'
import { makeCertificates } from '../support/certificates.js'
import { RawClient } from '../support/echo-service.js'
import { startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { parsePrometheusText } from '../support/prometheus-text.js'
import { runPython } from '../support/python/run.js'
import { ADD, asMetadata, Payer, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { until } from '../support/until.js'
import { fromBase64, readFrames } from '../support/web-client.js'

const HEALTH = '/grpc.health.v1.Health/Check'
/** Value { value: 5 } */
const FIVE = Buffer.from('090000000000001440', 'hex')
/** HealthCheckResponse { status: SERVING } with its prefix. */
const SERVING_BYTES = 7
const LIMIT_MS = 60_000
const CALLS = 300
/** A server has no address for a name in TLS. */
const NAMED = { 'grpc.ssl_target_name_override': 'localhost' }

/** One port of a daemon, and who pays there. */
interface Port {
  readonly endpoint: string
  readonly url: string
  /** What curl is told, so that it trusts the certificate. */
  readonly trust: readonly string[]
  readonly payer: Payer
  grpc(): RawClient
}

const life = new Lifecycle()
let network: Network
let ports: Record<'cleartext' | 'TLS', Port>
/** Files with the bodies of requests, as those programs take them. */
let bodies: Record<'add' | 'addInText' | 'check', string>

beforeAll(async () => {
  network = await life.own('network', openTestNetwork())
  const { certFile, keyFile, cert } = (await life.own('certificates', makeCertificates())).make('gate')
  const tls = await life.own('gate', startGate(network, 'tls', { ssl_cert: certFile, ssl_key: keyFile }))
  ports = {
    cleartext: portAt(network.endpoint, new Payer(network, network.channel)),
    TLS: portAt(tls.endpoint, new Payer(network, await network.openChannel()), { file: certFile, cert }),
  }
  const add = framed(TWO_AND_THREE)
  bodies = {
    add: await bodyFile('add', add),
    addInText: await bodyFile('add-in-text', add.toString('base64')),
    check: await bodyFile('check', framed(Buffer.alloc(0))),
  }
}, 120_000)
afterAll(() => life[Symbol.asyncDispose]())

function portAt(endpoint: string, payer: Payer, tls?: { file: string; cert: Buffer }): Port {
  const [host, port] = endpoint.split(':') as [string, string]
  return {
    ...{ endpoint, payer, url: `${tls ? 'https' : 'http'}://${endpoint}` },
    trust: tls ? ['--cacert', tls.file] : [],
    grpc: () => new RawClient({ host, port: Number(port) }, NAMED, tls && credentials.createSsl(tls.cert)),
  }
}

async function bodyFile(name: string, content: Buffer | string): Promise<string> {
  const file = join(network.directory, name)
  await writeFile(file, content)
  return file
}

/** A program and what it says; one that ends badly fails the test. */
async function run(program: string, args: readonly string[]): Promise<{ out: Buffer; told: string }> {
  const ended = await promisify(execFile)(program, args, { encoding: 'buffer', timeout: LIMIT_MS })
  return { out: ended.stdout, told: String(ended.stderr) }
}

/** Header lines as curl, nghttp and h2load take them. */
const asArguments = (lines: Readonly<Record<string, string>>): string[] =>
  Object.entries(lines).flatMap(([name, value]) => ['-H', `${name}: ${value}`])

/** A call with header lines that pay; it has to succeed, as the next one pays on top of it. */
async function paying<T>({ payer }: Port, call: (lines: Record<string, string>) => Promise<T>): Promise<T> {
  const amount = payer.confirmed + payer.price
  const answer = await call(asLines(paymentHeaders(network, { channel: payer.channel, amount })))
  payer.confirmed = amount
  return answer
}

test('payments that come at once are checked by threads where the daemon has them', { timeout: 90_000 }, async () => {
  const gate = await startGate(network, 'threads', { recovery_workers: 1, metrics_endpoint: '127.0.0.1:0' })
  await using _gate = gate
  const metrics = `http://${/metrics=(\S+)/.exec(gate.readyLine)?.[1]}/metrics`
  const recoveredBy = async (thread: string): Promise<number> => {
    const { value } = parsePrometheusText(await (await fetch(metrics)).text())
    return value('snetd_signatures_recovered_total', { thread }) ?? NaN
  }
  expect([await recoveredBy('recovery'), await recoveredBy('main')]).toEqual([0, 0])
  const built = { file: join(packageRoot, 'dist/ethereum/recovery/thread.js') }
  const faults: string[] = []
  await using threads = new RecoveryThreads(1, { entry: built, onFault: (reason) => faults.push(reason) })
  const payers = [new Payer(network, network.channel)]
  while (payers.length < 4) payers.push(new Payer(network, await network.openChannel()))
  using client = portAt(gate.endpoint, payers[0] as Payer).grpc()
  let paid = 0
  const payAtOnce = async (): Promise<void> => {
    const answers = await Promise.all(payers.map((each) => each.pay(client)))
    expect(answers.map(({ code, details }) => [code, details])).toEqual(payers.map(() => [0, 'OK']))
    paid += payers.length
  }
  // It takes a moment until the thread can be asked; from then on most go by it.
  const isAtWork = async (): Promise<boolean> => {
    await payAtOnce()
    return (await recoveredBy('recovery')) > 0
  }
  await until('the thread is at work', isAtWork, { everyMs: 100 })
  const before = await recoveredBy('recovery')
  for (const _round of ['first', 'second', 'third', 'fourth', 'fifth']) await payAtOnce()
  const apart = await recoveredBy('recovery')
  expect(apart - before).toBeGreaterThan((5 * payers.length) / 2)
  expect(apart + (await recoveredBy('main'))).toBe(paid)
  const forged = payers.map(({ channel, confirmed, price }) => {
    const amount = confirmed + price
    const headers = paymentHeaders(network, { channel, amount, signedAmount: amount + 1n })
    return client.call(ADD, [TWO_AND_THREE], { metadata: asMetadata(headers) })
  })
  const refusal = { code: 16, details: 'payment is not signed by channel signer/sender' }
  expect(await Promise.all(forged)).toMatchObject(forged.map(() => refusal))
  await until('the built thread is ready', () => threads.ready === 1)
  expect([...faults, ...gate.child.lines.filter((line) => line.includes('recovers signatures'))]).toEqual([])
  gate.child.process.kill('SIGTERM')
  expect(await gate.child.ended).toBe(0)
})

/** What curl gets, and the version of HTTP and status that it got it with. */
const curl = ({ url, trust }: Port, path: string, args: readonly string[]) =>
  run('curl', ['-sS', '--write-out', '%{stderr}%{http_version} %{http_code}', ...trust, ...args, `${url}${path}`])

const CURL: Record<keyof typeof ports, [version: string, spoken: string][]> = {
  // Whoever asks in the clear for an upgrade to HTTP/2 is answered in HTTP/1.1, as RFC 9113 has no such upgrade.
  cleartext: [
    ['--http1.1', '1.1 200'],
    ['--http2', '1.1 200'],
    ['--http2-prior-knowledge', '2 200'],
  ],
  TLS: [
    ['--http1.1', '1.1 200'],
    ['--http2', '2 200'],
  ],
}

describe.each(['cleartext', 'TLS'] as const)('at one port with %s', (kind) => {
  test('grpc-js pays for a call', { timeout: LIMIT_MS }, async () => {
    using client = ports[kind].grpc()
    expect(await ports[kind].payer.pay(client)).toMatchObject({ code: 0, messages: [FIVE] })
  })

  describe.each(CURL[kind])('curl %s', (version, spoken) => {
    test('reads the pages', { timeout: LIMIT_MS }, async () => {
      const heartbeat = await curl(ports[kind], '/heartbeat', [version])
      expect(JSON.parse(String(heartbeat.out))).toMatchObject({ status: 'Online' })
      const encoding = await curl(ports[kind], '/encoding', [version])
      expect([heartbeat.told, encoding.told, String(encoding.out)]).toEqual([spoken, spoken, 'proto\n'])
    })

    test('pays for calls in gRPC-Web, in bytes and in text', { timeout: LIMIT_MS }, async () => {
      const call = (type: string, body: string) =>
        paying(ports[kind], (lines) => {
          const headers = asArguments({ ...lines, 'content-type': type })
          return curl(ports[kind], ADD, [version, ...headers, '--data-binary', `@${body}`])
        })
      const bytes = await call('application/grpc-web+proto', bodies.add)
      const text = await call('application/grpc-web-text+proto', bodies.addInText)
      expect([bytes.told, text.told]).toEqual([spoken, spoken])
      for (const answer of [bytes.out, fromBase64(text.out)]) {
        expect(readFrames(answer)).toMatchObject({ messages: [FIVE], trailers: { 'grpc-status': '0' } })
      }
    })
  })

  test('nghttp reads a page, is told what a call lacks, and pays for one', { timeout: LIMIT_MS }, async () => {
    const { url } = ports[kind]
    const nghttp = async (path: string, ...args: string[]): Promise<string> =>
      String((await run('nghttp', ['-v', '--no-verify-peer', ...args, `${url}${path}`])).out)
    expect(await nghttp('/heartbeat')).toMatch(/:status: 200[^]*"status":"Online"/)
    const call = (lines: Record<string, string>) => {
      const headers = { ...lines, 'content-type': 'application/grpc', te: 'trailers' }
      return nghttp(ADD, ...asArguments(headers), '-d', bodies.add)
    }
    expect(await call({})).toMatch(/grpc-status: 3\n[^]*grpc-message: missing "snet-/)
    expect(await paying(ports[kind], call)).toMatch(/:status: 200\n[^]*grpc-status: 0\n/)
  })

  test('grpc of Python pays, with a signature made in plain Python', { timeout: LIMIT_MS }, async () => {
    const { endpoint, trust, payer } = ports[kind]
    const amount = payer.confirmed + payer.price
    const wish = {
      ...{ endpoint, ca: trust.at(-1) ?? null, method: ADD, message: TWO_AND_THREE.toString('hex') },
      ...{ key: network.client.key, contract: network.contracts.mpe.slice(2) },
      ...{ channel: String(payer.channel), nonce: '0', amount: String(amount) },
    }
    expect(await runPython('grpc', 'pay.py', wish)).toBe(FIVE.toString('hex'))
    payer.confirmed = amount
  })

  test.each([1, 10])('h2load has all its calls answered, connections: %i', { timeout: LIMIT_MS }, async (count) => {
    const headers = asArguments({ 'content-type': 'application/grpc', te: 'trailers' })
    const load = ['-n', String(CALLS), '-c', String(count), '-m', '10', '-d', bodies.check]
    const said = String((await run('h2load', [...load, ...headers, `${ports[kind].url}${HEALTH}`])).out)
    expect(said).toContain(`${CALLS} succeeded, 0 failed, 0 errored, 0 timeout`)
    expect(said).toContain(`status codes: ${CALLS} 2xx`)
    // An error of gRPC is a 200 without a message.
    expect(said).toContain(`(${CALLS * SERVING_BYTES}) data`)
  })
})
