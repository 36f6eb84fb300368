import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type EtcdServer, type EtcdServerConfig, startEtcdServer } from '../../../src/daemon/etcd-server/index.js'
import { makeCertificates } from '../../support/certificates.js'
import { freePorts } from '../../support/etcd.js'
import { quietLog } from '../../support/quiet-log.js'
import { tempDir } from '../../support/temp-dir.js'
import { until } from '../../support/until.js'

/** Settings of a member in a directory of its own, alone unless `cluster` says otherwise. */
async function configIn(directory: string, changes: Partial<EtcdServerConfig> = {}): Promise<EtcdServerConfig> {
  const [clientPort = 0, peerPort = 0] = await freePorts(2)
  return {
    ...{ program: 'etcd', id: 'storage-1', scheme: 'http', host: '127.0.0.1', clientPort, peerPort, token: directory },
    cluster: `storage-1=${changes.scheme ?? 'http'}://127.0.0.1:${peerPort}`,
    ...{ startupTimeoutMs: 60_000, dataDir: join(directory, 'etcd'), logLevel: 'info', tls: undefined },
    logOutputs: [join(directory, 'etcd.log')],
    pidFile: join(directory, 'etcd.pid'),
    ...changes,
  }
}

const start = (config: EtcdServerConfig, lines: string[] = []): Promise<EtcdServer> =>
  startEtcdServer(config, {
    log: quietLog(lines),
    signal: new AbortController().signal,
    env: process.env,
    pauses: { firstMs: 10, longestMs: 1_000 },
  })

const base64 = (text: string): string => Buffer.from(text).toString('base64')

async function ask(url: string, path: string, body: object): Promise<{ kvs?: { value: string }[] }> {
  const answer = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return (await answer.json()) as { kvs?: { value: string }[] }
}

const put = (url: string, key: string, value: string) =>
  ask(url, '/v3/kv/put', { key: base64(key), value: base64(value) })

async function read(url: string, key: string): Promise<string | undefined> {
  const { kvs = [] } = await ask(url, '/v3/kv/range', { key: base64(key) })
  return kvs[0] && Buffer.from(kvs[0].value, 'base64').toString()
}

const pidIn = async ({ pidFile }: EtcdServerConfig): Promise<number> => Number(await readFile(pidFile, 'utf8'))

/** Whether that process works: one that nobody has waited for does not. */
const isAlive = async (pid: number): Promise<boolean> =>
  (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== ''

test('an etcd that is killed comes back with what it had, and goes with the daemon', async () => {
  await using place = await tempDir()
  const config = await configIn(place.path)
  const lines: string[] = []
  let last: number
  {
    await using server = await start(config, lines)
    await put(server.url, 'key', 'value')
    const first = await pidIn(config)
    process.kill(first, 'SIGKILL')
    await until('it is back', async () => lines.includes('etcd is healthy again') && (await server.health()).ok)
    expect(lines).toContain('etcd has ended; it is started again')
    expect(await read(server.url, 'key')).toBe('value')
    last = await pidIn(config)
    expect(last).not.toBe(first)
  }
  expect(await isAlive(last)).toBe(false)
  expect(await readFile(join(place.path, 'etcd.log'), 'utf8')).toContain('closed etcd server')
})

test('a daemon that is killed takes its etcd with it', async () => {
  await using place = await tempDir()
  const config = await configIn(place.path)
  const program = `
    import { startEtcdServer } from './src/daemon/etcd-server/index.js'
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    await startEtcdServer(${JSON.stringify(config)}, { log, signal: new AbortController().signal, env: process.env })
    console.log('up')
    setInterval(() => undefined, 1e9)`
  const daemon = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(daemon.stdout, 'data')
  const pid = await pidIn(config)
  expect(await isAlive(pid)).toBe(true)
  daemon.kill('SIGKILL')
  await until('its etcd is gone', async () => !(await isAlive(pid)))
})

test('an etcd that outlived its daemon makes room for that of the next one', async () => {
  await using place = await tempDir()
  const config = await configIn(place.path)
  const urls = { client: `http://127.0.0.1:${config.clientPort}`, peer: `http://127.0.0.1:${config.peerPort}` }
  const args = [
    ...['--name', config.id, '--data-dir', config.dataDir, '--listen-client-urls', urls.client],
    ...['--advertise-client-urls', urls.client, '--listen-peer-urls', urls.peer],
    ...['--initial-advertise-peer-urls', urls.peer, '--initial-cluster', config.cluster],
  ]
  const left = spawn('etcd', args, { stdio: 'ignore' })
  await until('the first one answers', () => put(urls.client, 'key', 'value').then(Boolean, () => false))
  await writeFile(config.pidFile, String(left.pid))
  await using server = await start(config)
  expect(left.exitCode ?? left.signalCode).not.toBe(null)
  expect(await read(server.url, 'key')).toBe('value')
})

test('three daemons form a cluster, which goes on when one of them ends', async () => {
  await using place = await tempDir()
  const names = ['a', 'b', 'c']
  const ports = await freePorts(6)
  const cluster = names.map((name, at) => `${name}=http://127.0.0.1:${ports[at]}`).join(',')
  const configs = names.map((id, at) =>
    configIn(join(place.path, id), { id, cluster, token: place.path, ...portsAt(ports, at) }),
  )
  const [first, second, third] = (await Promise.all(configs.map(async (config) => start(await config)))) as [
    ...[EtcdServer, EtcdServer, EtcdServer],
  ]
  await using _second = second
  await using _third = third
  await put(first.url, 'key', 'value')
  expect(await read(second.url, 'key')).toBe('value')
  await first[Symbol.asyncDispose]()
  await until('the other two agree', async () => (await second.health()).ok && (await third.health()).ok)
  await put(third.url, 'key', 'newer')
  expect(await read(second.url, 'key')).toBe('newer')
})

const portsAt = (ports: readonly number[], at: number) => ({ peerPort: ports[at] ?? 0, clientPort: ports[at + 3] ?? 0 })

test('over https it asks for certificates, and is asked with one', async () => {
  await using place = await tempDir()
  await using certificates = await makeCertificates()
  const { certFile, keyFile } = certificates.make('member')
  await using server = await start(
    await configIn(place.path, { scheme: 'https', tls: { certFile, keyFile, caFile: certFile } }),
  )
  expect(await server.health()).toEqual({ ok: true })
  await expect(fetch(`${server.url}/health`)).rejects.toThrow()
})

test('without the program the error says how to get it', async () => {
  await using place = await tempDir()
  const failure = start(await configIn(place.path, { program: 'etcd-that-is-nowhere' }))
  await expect(failure).rejects.toMatchObject({
    kind: 'not-found',
    message: 'payment_channel_storage_server needs etcd, and no etcd-that-is-nowhere is on the PATH',
    hint: expect.stringMatching(/apt-get install etcd-server[^]*dnf install[^]*brew install[^]*releases/) as unknown,
  })
})

test('a member whose cluster does not come up in time is an error, and leaves nothing behind', async () => {
  await using place = await tempDir()
  const [elsewhere] = await freePorts(1)
  const config = await configIn(place.path, { startupTimeoutMs: 500 })
  const cluster = `${config.cluster},storage-2=http://127.0.0.1:${elsewhere}`
  await expect(start({ ...config, cluster })).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'etcd server took too long to start: storage-1',
    hint: expect.stringContaining('startup_timeout is 0.5 s') as unknown,
  })
  await expect(fetch(`http://127.0.0.1:${config.clientPort}/health`)).rejects.toThrow()
  await expect(readFile(config.pidFile)).rejects.toThrow('ENOENT')
})

test('an etcd that cannot start says why, at once', async () => {
  await using place = await tempDir()
  const lines: string[] = []
  await expect(start(await configIn(place.path, { logLevel: 'loud' }), lines)).rejects.toThrow(
    /ended before it was ready.*loud/,
  )
  expect(lines).not.toContain('etcd has ended; it is started again')
})

test('a port that another program has is not taken for ours', async () => {
  await using place = await tempDir()
  await using server = await start(await configIn(join(place.path, 'a')))
  const port = Number(new URL(server.url).port)
  const other = await configIn(join(place.path, 'b'), { clientPort: port })
  await expect(start(other)).rejects.toThrow(`another program listens on 127.0.0.1:${port}`)
})
