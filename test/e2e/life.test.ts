import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { controlSocketOf } from '../../src/shared/control-socket.js'
import { packageRoot } from '../../src/shared/package.js'
import { getStatus } from '../../src/shared/wire/grpc/index.js'
import { connectByHand } from '../support/by-hand.js'
import { runCli } from '../support/cli.js'
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.js'
import { startGate, writeGateConfig } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { ADD, openStream, Payer, paymentHeaders } from '../support/payer.js'
import { RawClient } from '../support/echo-service.js'
import { HealthClient } from '../support/health-client.js'
import { until } from '../support/until.js'

let network: Network
beforeAll(async () => {
  network = await openTestNetwork()
})
afterAll(() => network?.[Symbol.asyncDispose]())

const status = async (dataDir: string) => await getStatus(await controlSocketOf(dataDir), 5_000)
const cliStatus = (dataDir: string) => runCli(['status', '--data-dir', dataDir, '--json'])

const probe = async (endpoint: string, path: string): Promise<{ code: number; body: string }> => {
  const response = await fetch(`http://${endpoint}${path}`)
  return { code: response.status, body: await response.text() }
}

describe('trouble at the start ends with its exit code, the part and the cure', () => {
  const occupied = createServer()
  afterAll(() => occupied.close())

  const storeOf = (dataDir: string): string => join(dataDir, 'channels', 'data.mdb')
  const pem = () => join(network.directory, 'nonsense.pem')
  const troubles: [name: string, changes: () => Promise<object> | object, code: number, part: string, cure: string][] =
    [
      [
        'a busy port',
        async () => {
          occupied.listen(0, '127.0.0.1')
          await once(occupied, 'listening')
          return { daemon_endpoint: `127.0.0.1:${(occupied.address() as { port: number }).port}` }
        },
        2,
        'EADDRINUSE',
        'Set daemon_endpoint to a free one.',
      ],
      [
        'an address of another host',
        () => ({ daemon_endpoint: '203.0.113.7:8080' }),
        2,
        'daemon_endpoint 203.0.113.7:8080 cannot be listened on: EADDRNOTAVAIL',
        'Set daemon_endpoint to an address of this host and a free port.',
      ],
      [
        'a certificate that is none',
        async () => {
          await writeFile(pem(), 'nonsense')
          return { ssl_cert: pem(), ssl_key: pem() }
        },
        2,
        'ssl_cert: ',
        'key of the config file',
      ],
      ['a certificate without its key', () => ({ ssl_cert: pem() }), 2, 'ssl_key: ', 'key of the config file'],
      [
        'a node that does not come',
        () => ({ ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:1' }),
        3,
        'the Ethereum node did not come within startup_timeout (0.3 s)',
        'Check ethereum_json_rpc_http_endpoint',
      ],
      [
        'a metadata host that does not come',
        () => ({ ipfs_endpoint: 'http://127.0.0.1:1', data_dir: join(network.directory, 'never-started') }),
        3,
        'the metadata of the service did not come within startup_timeout (0.3 s)',
        'Check that ipfs_endpoint is right',
      ],
      [
        'a store that is gone',
        async () => {
          const gate = await startGate(network, 'lost')
          await gate[Symbol.asyncDispose]()
          await rm(storeOf(gate.dataDir))
          return { data_dir: gate.dataDir }
        },
        3,
        'is gone: its files are missing or empty',
        'Put the newest backup of channels/ back',
      ],
      [
        'a store that is damaged',
        async () => {
          const dataDir = join(network.directory, 'lost-data')
          await writeFile(storeOf(dataDir), Buffer.alloc(8192, 1))
          return { data_dir: dataDir }
        },
        3,
        'is damaged: it has no head',
        'put the newest backup of',
      ],
      ['a store where none can be', () => ({ data_dir: join(network.configFile, 'data') }), 2, 'data_dir', 'Hint:'],
      [
        'an address where there is no Registry',
        () => ({ registry_address_key: `0x${'1'.repeat(40)}`, startup_timeout: '1h' }),
        2,
        `no Registry contract at 0x${'1'.repeat(40)}`,
        'Check registry_address_key',
      ],
      [
        'a service that nobody registered',
        () => ({ service_id: 'Nothing' }),
        6,
        'service "Nothing" of organisation "ExampleOrg" is not registered',
        'Check the ids',
      ],
    ]
  test.each(troubles)('%s', async (_name, changes, code, part, cure) => {
    const { file } = await writeGateConfig(network, 'trouble', { startup_timeout: '300ms', ...(await changes()) })
    const failed = await runCli(['serve', '-c', file])
    expect(failed.stderr).toContain(part)
    expect(failed.stderr).toContain(cure)
    expect(failed).toMatchObject({ code, stdout: '' })
  })

  test('a disk without room', async () => {
    const { file } = await writeGateConfig(network, 'full')
    const failed = await runCli(['serve', '-c', file], { maxFileKiB: 16 })
    expect(failed.stderr).toContain('cannot be written: there is room for 16384 of 65536 bytes')
    expect(failed.stderr).toContain('Check that data_dir lies on a local disk with room')
    expect(failed).toMatchObject({ code: 3, stdout: '' })
  })
})

describe('a node that comes late', () => {
  let node: CountingProxy | undefined
  afterAll(() => node?.[Symbol.asyncDispose]())

  test('is waited for and named; status tells each phase, and so do the probes', async () => {
    const port = await freePort()
    const { file, dataDir } = await writeGateConfig(network, 'late', {
      ethereum_json_rpc_http_endpoint: `http://127.0.0.1:${port}`,
      chain_stale_limit: '1s',
      startup_timeout: '25s',
    })
    const daemon = spawn(process.execPath, [join(packageRoot, 'bin', 'run.js'), 'serve', '-c', file])
    const closed = once(daemon, 'close')
    const log: string[] = []
    createInterface({ input: daemon.stderr }).on('line', (line) => log.push(line))
    const ready = new Promise<string>((done) => createInterface({ input: daemon.stdout }).once('line', done))

    await until('the daemon says that it waits for the Ethereum node', () =>
      log.some((line) => line.includes('waiting for the Ethereum node')),
    )
    expect(log.join('\n')).toMatch(/"up_to_ms":2[45]\d{3}/)
    const starting = await cliStatus(dataDir)
    expect(starting.code).toBe(8)
    expect(JSON.parse(starting.stdout)).toMatchObject({
      phase: 'STARTING',
      healthy: false,
      waiting_for: expect.stringContaining(`the Ethereum node at 127.0.0.1:${port} did not answer`) as string,
    })

    node = await startCountingProxy(network.rpc, port)
    const endpoint = (await ready).replace('ready endpoint=', '')
    const serving = await cliStatus(dataDir)
    expect(serving.code).toBe(0)
    expect(JSON.parse(serving.stdout)).toMatchObject({ phase: 'SERVING', healthy: true, waiting_for: '' })
    expect(await probe(endpoint, '/livez')).toEqual({ code: 200, body: 'ok\n' })
    expect(await probe(endpoint, '/readyz')).toEqual({
      code: 200,
      body: '{"ready":true,"parts":[{"part":"chain","ok":true},{"part":"store","ok":true},{"part":"service","ok":true}]}\n',
    })

    expect(await probe(endpoint, '/encoding')).toEqual({ code: 200, body: 'proto\n' })
    expect(JSON.parse((await probe(endpoint, '/heartbeat')).body)).toMatchObject({
      daemonID: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      status: 'Online',
      serviceheartbeat: '{"serviceID":"ExampleSvc","status":"SERVING"}',
      blockchainEnabled: true,
      blockchainNetwork: 'local',
    })

    await node[Symbol.asyncDispose]()
    node = undefined
    await until('the daemon is no longer ready', async () => (await probe(endpoint, '/readyz')).code === 503, {
      everyMs: 50,
    })
    expect((await probe(endpoint, '/readyz')).body).toMatch(/"part":"chain","ok":false,"reason":"no block for \d+ s"/)
    expect(await probe(endpoint, '/livez')).toMatchObject({ code: 200 })
    expect(await probe(endpoint, '/heartbeat')).toMatchObject({
      code: 200,
      body: expect.stringContaining('"status":"Offline"') as string,
    })
    expect((await cliStatus(dataDir)).code).toBe(8)

    daemon.kill('SIGTERM')
    expect(await closed).toEqual([0, null])
    expect((await cliStatus(dataDir)).code).toBe(3)
  })
})

describe('SIGTERM', () => {
  const open = async (changes: Record<string, unknown>) => {
    const gate = await startGate(network, 'stopping', changes)
    const [host, port] = gate.endpoint.split(':') as [string, string]
    const client = new RawClient({ host, port: Number(port) })
    const channel = await network.openChannel()
    const stream = await openStream(client, paymentHeaders(network, { channel, amount: 10n }))
    return { gate, client, stream }
  }

  test('while it stops, status tells what is in flight, no new call is taken, and the old one is served', async () => {
    const { gate, client, stream } = await open({})
    using probe = new HealthClient(gate.endpoint)
    expect(await probe.list()).toEqual({
      '': 'SERVING',
      ExampleSvc: 'SERVING',
      'example_service.Calculator': 'SERVING',
    })
    const watch = probe.watch('ExampleSvc')
    await until('the watch is served', () => watch.told.length > 0)
    expect((await gate.status()).gate).toMatchObject({
      calls_in_flight: 1,
      payments_in_flight: 1,
      cogs_in_flight: '10',
    })
    gate.child.process.kill('SIGTERM')
    await until('the daemon is stopping', async () => (await gate.status()).phase === 'STOPPING')
    expect(await gate.status()).toMatchObject({ healthy: false, gate: { calls_in_flight: 1, cogs_in_flight: '10' } })
    await expect(fetch(`http://${gate.endpoint}/livez`)).rejects.toThrow()
    expect(await watch.ended).toBe(14)
    expect(watch.told).toEqual(['SERVING', 'NOT_SERVING'])
    expect(await stream.finish()).toBe(0)
    expect(await gate.child.ended).toBe(0)
    client[Symbol.dispose]()
    await expect(status(gate.dataDir)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  test('with shutdown_delay, it is told first, and calls are taken until the delay or a second signal ends it', async () => {
    const { gate, client, stream } = await open({ shutdown_delay: '1h', drain_timeout: '1h' })
    using watcher = new HealthClient(gate.endpoint)
    const watch = watcher.watch('ExampleSvc')
    await until('the watch is served', () => watch.told.length > 0)
    gate.child.process.kill('SIGTERM')
    await until('the watch is told', () => watch.told.length > 1)
    expect(watch.told).toEqual(['SERVING', 'NOT_SERVING'])
    expect(await probe(gate.endpoint, '/readyz')).toMatchObject({
      code: 503,
      body: expect.stringContaining('stopping'),
    })
    expect(await gate.status()).toMatchObject({ phase: 'STOPPING', healthy: false })
    const [host, port] = gate.endpoint.split(':') as [string, string]
    using late = new RawClient({ host, port: Number(port) })
    expect(await new Payer(network, await network.openChannel()).pay(late)).toMatchObject({ code: 0 })
    expect(await stream.finish()).toBe(0)
    const held = await openStream(
      client,
      paymentHeaders(network, { channel: await network.openChannel(), amount: 10n }),
    )
    gate.child.process.kill('SIGTERM')
    expect(await watch.ended).toBe(14)
    gate.child.process.kill('SIGTERM')
    expect(await gate.child.ended).toBe(9)
    expect(await held.finish()).toBe(14)
    expect(gate.child.lines.join('\n')).toContain('1 calls were cut off as a second signal told')
    client[Symbol.dispose]()
  })

  test('is not kept waiting by who has opened calls and said nothing', async () => {
    const { gate, client, stream } = await open({ drain_timeout: '1h' })
    expect(await stream.finish()).toBe(0)
    const session = await connectByHand(gate.endpoint)
    for (const path of [ADD, '/escrow.PaymentChannelStateService/GetChannelState']) {
      session
        .request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', 'grpc-timeout': '9999H' })
        .on('error', () => undefined)
    }
    await new Promise<void>((done) => session.ping(() => done()))
    gate.child.process.kill('SIGTERM')
    expect(await gate.child.ended).toBe(0)
    session.destroy()
    client[Symbol.dispose]()
  })

  test.each(['SIGTERM', 'SIGQUIT'] as const)(
    'a call that does not end is cut after drain_timeout, unpaid, and the exit code tells: %s',
    async (signal) => {
      const { gate, client, stream } = await open({ drain_timeout: '200ms' })
      gate.child.process.kill(signal)
      expect(await gate.child.ended).toBe(9)
      expect(await stream.finish()).toBe(14)
      expect(gate.child.lines.join('\n')).toContain('1 calls were cut off when drain_timeout was over')
      client[Symbol.dispose]()
    },
  )
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}
