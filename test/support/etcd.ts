import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Child, startChild } from '../../src/sandbox/child.js'
import { makeCertificates } from './certificates.js'
import { tempDir } from './temp-dir.js'
import { until } from './until.js'

export interface EtcdOptions {
  /** Serves https and asks clients for a certificate. */
  readonly tls?: boolean
  /** Asks clients for a password: this user may read and write everything. */
  readonly auth?: { readonly username: string; readonly password: string }
  /** Where each member lives; on this host's loopback by default. */
  readonly hosts?: readonly EtcdHost[]
  /** Further arguments of `etcd`. */
  readonly args?: readonly string[]
}

/** A place with an address of its own. */
export interface EtcdHost {
  readonly address: string
  /** What starts a program there, with the program as its last arguments. */
  readonly enter: readonly string[]
}

/** Paths of what a client needs to speak to an etcd over https. */
export interface EtcdTls {
  readonly caFile: string
  readonly certFile: string
  readonly keyFile: string
}

/** A real etcd, or one member of a cluster. It keeps its ports and its data over restarts. */
export interface Etcd extends AsyncDisposable {
  /** URL for clients. */
  readonly endpoint: string
  /** Undefined without TLS. */
  readonly tls: EtcdTls | undefined
  readonly pid: number
  /** The last lines of its log. */
  readonly lines: readonly string[]
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGSTOP: its connections stay, and nobody answers. */
  pause(): void
  resume(): void
  /** Ends it if it runs, and starts it again; resolves when it answers. */
  restart(): Promise<void>
  /** Its own HTTP interface: POST of a JSON body to a path such as `/v3/kv/range`. */
  post(path: string, body: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>
  isHealthy(): Promise<boolean>
}

export interface EtcdCluster extends AsyncDisposable {
  readonly members: readonly Etcd[]
  readonly endpoints: readonly string[]
  /** Waits until the members that answer agree on one that lives. */
  leader(): Promise<Etcd>
}

/** One etcd on free ports of loopback. */
export async function startEtcd(options: EtcdOptions = {}): Promise<Etcd> {
  const [etcd] = await startMembers(1, options)
  return etcd as Etcd
}

/** Members that know of each other, on free ports of loopback. */
export async function startEtcdCluster(size = 3, options: EtcdOptions = {}): Promise<EtcdCluster> {
  const members = await startMembers(size, options)
  return {
    members,
    endpoints: members.map(({ endpoint }) => endpoint),
    leader: () => findLeader(members),
    async [Symbol.asyncDispose]() {
      await Promise.all(members.map((member) => member[Symbol.asyncDispose]()))
    },
  }
}

/** Others take free ports too, between our asking for them and their use. */
const ATTEMPTS = 5

async function startMembers(count: number, options: EtcdOptions): Promise<Etcd[]> {
  for (let attempt = 1; ; attempt++) {
    const ports = await freePorts(2 * count)
    const name = randomUUID()
    const members = Array.from({ length: count }, (_, at): Member => {
      const host = options.hosts?.[at] ?? LOOPBACK
      const [clientPort, peerPort] = ports.slice(2 * at)
      return { name: `${name}-${at}`, host, clientPort: clientPort ?? 0, peerUrl: `http://${host.address}:${peerPort}` }
    })
    const cluster = members.map((member) => `${member.name}=${member.peerUrl}`).join(',')
    const started = await Promise.allSettled(members.map((member) => startMember(member, { cluster, name }, options)))
    const running = started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
    const failure = started.find((start) => start.status === 'rejected')
    try {
      if (failure) throw failure.reason
      if (options.auth) await enableAuth(running[0] as Etcd, options.auth)
      return running
    } catch (fault) {
      await Promise.all(running.map((member) => member[Symbol.asyncDispose]()))
      if (attempt === ATTEMPTS || !String(fault).includes('address already in use')) throw fault
    }
  }
}

const LOOPBACK: EtcdHost = { address: '127.0.0.1', enter: [] }

interface Member {
  readonly name: string
  readonly host: EtcdHost
  readonly clientPort: number
  readonly peerUrl: string
}

async function startMember(
  { name, host, clientPort, peerUrl }: Member,
  { cluster, name: token }: { cluster: string; name: string },
  options: EtcdOptions,
): Promise<Etcd> {
  const directory = await tempDir()
  const certificates = options.tls ? await makeEtcdCertificates() : undefined
  const endpoint = `${certificates ? 'https' : 'http'}://${host.address}:${clientPort}`
  const args = [
    ...['--name', name, '--data-dir', join(directory.path, 'etcd')],
    ...['--listen-client-urls', endpoint, '--advertise-client-urls', endpoint],
    ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
    ...['--initial-cluster', cluster, '--initial-cluster-token', token],
    ...(certificates?.args ?? []),
    ...(options.args ?? []),
  ]
  const [command = 'etcd', ...given] = [...host.enter, 'etcd', ...args]
  const start = (): Promise<Child> => startChild({ command, args: given, ready: READY, env: etcdEnvironment() })
  const signal = (name: NodeJS.Signals): void => void child?.process.kill(name)
  const kill = async (): Promise<void> => {
    signal('SIGKILL')
    await child?.ended
  }
  const dispose = async (): Promise<void> => {
    // Nobody needs what a clean end would save, and a member without the others takes its time over it.
    await kill()
    await directory.remove()
    await certificates?.[Symbol.asyncDispose]()
  }
  let child: Child | undefined
  try {
    child = await start()
  } catch (fault) {
    await dispose()
    throw fault
  }
  const post: Etcd['post'] = (path, body) => ask(`${endpoint}${path}`, certificates?.client, JSON.stringify(body))
  const isHealthy = async (): Promise<boolean> =>
    await ask(`${endpoint}/health`, certificates?.client).then(
      ({ health }) => health === 'true',
      () => false,
    )
  const etcd: Etcd = {
    endpoint,
    tls: certificates?.files,
    get pid() {
      return child?.process.pid as number
    },
    get lines() {
      return child?.lines ?? []
    },
    kill,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async restart() {
      await kill()
      child = await start()
      await until(`the etcd at ${endpoint} is healthy again`, isHealthy, { everyMs: 20 })
    },
    post,
    isHealthy,
    [Symbol.asyncDispose]: dispose,
  }
  await until(`the etcd at ${endpoint} is healthy`, isHealthy, { everyMs: 20 })
  return etcd
}

const READY = /ready to serve client requests()/

/** Names of machines in Go, for those that etcd 3.4 starts on only when told that this is meant. */
const GO_ARCH: Readonly<Record<string, string>> = { ia32: '386', mipsel: 'mipsle' }

function etcdEnvironment(): Record<string, string | undefined> {
  const { PATH, TMPDIR } = process.env
  const { arch } = process
  return { PATH, TMPDIR, ...(arch !== 'x64' && { ETCD_UNSUPPORTED_ARCH: GO_ARCH[arch] ?? arch }) }
}

/** Ports of loopback that nobody has at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  // All are open at once, so that no two are the same.
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(async (server) => await once(server.close(), 'close')))
  return ports
}

/** How long one question over HTTP may take: whoever is paused does not answer. */
const ANSWER_LIMIT_MS = 2_000

async function ask(
  url: string,
  client?: { readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer },
  body?: string,
): Promise<Record<string, unknown>> {
  const options = { method: body === undefined ? 'GET' : 'POST', timeout: ANSWER_LIMIT_MS, agent: false, ...client }
  const asked = client ? requestHttps(url, options) : requestHttp(url, options)
  asked.on('timeout', () => asked.destroy(new Error(`${url} does not answer`)))
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const answer = await text(response)
  if (response.statusCode !== 200 && response.statusCode !== 503) throw new Error(`${url}: ${answer}`)
  return JSON.parse(answer) as Record<string, unknown>
}

async function makeEtcdCertificates() {
  const certificates = await makeCertificates()
  const [server, client] = [certificates.make('server'), certificates.make('client')]
  const trusted = join(certificates.directory, 'trusted.pem')
  // Its HTTP interface is a client of its own, with the server's certificate.
  await writeFile(trusted, Buffer.concat([server.cert, client.cert]))
  return {
    args: [
      ...['--cert-file', server.certFile, '--key-file', server.keyFile],
      ...['--client-cert-auth', '--trusted-ca-file', trusted],
    ],
    client: { ca: server.cert, cert: client.cert, key: client.key },
    files: { caFile: server.certFile, certFile: client.certFile, keyFile: client.keyFile },
    [Symbol.asyncDispose]: certificates[Symbol.asyncDispose],
  }
}

/** The user, with a role for all keys; and root, without whom etcd does not ask for passwords. */
async function enableAuth(etcd: Etcd, { username, password }: NonNullable<EtcdOptions['auth']>): Promise<void> {
  const everything = Buffer.from([0]).toString('base64')
  const steps: readonly (readonly [string, Record<string, unknown>])[] = [
    ['role/add', { name: 'root' }],
    ['user/add', { name: 'root', password: randomUUID() }],
    ['user/grant', { user: 'root', role: 'root' }],
    ['role/add', { name: 'all' }],
    ['role/grant', { name: 'all', perm: { permType: 'READWRITE', key: everything, range_end: everything } }],
    ['user/add', { name: username, password }],
    ['user/grant', { user: username, role: 'all' }],
    ['enable', {}],
  ]
  for (const [path, body] of steps) await etcd.post(`/v3/auth/${path}`, body)
}

async function findLeader(members: readonly Etcd[]): Promise<Etcd> {
  let found: Etcd | undefined
  await until(
    'the members of etcd agree on a leader',
    async () => {
      const states = await Promise.all(members.map((member) => stateOf(member)))
      const leaders = new Set(states.flatMap((state) => (state ? [state.leader] : [])))
      const [leader] = leaders
      if (leaders.size === 1) found = members[states.findIndex((state) => state?.self === leader)]
      return found !== undefined
    },
    { everyMs: 50 },
  )
  return found as Etcd
}

async function stateOf(member: Etcd): Promise<{ self: string; leader: string } | undefined> {
  try {
    const { header, leader } = (await member.post('/v3/maintenance/status', {})) as {
      header: { member_id: string }
      leader?: string
    }
    return { self: header.member_id, leader: leader ?? '0' }
  } catch {
    return undefined
  }
}
