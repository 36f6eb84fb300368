import { chmod, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { examine, type Outside } from '../../../src/daemon/compose-doctor.js'
import { checkCertificate, type Finding } from '../../../src/daemon/doctor/index.js'
import type { ServiceContext } from '../../../src/daemon/metadata/index.js'
import { SnetError } from '../../../src/shared/errors.js'
import { makeDirectory } from '../../../src/shared/make-directory.js'
import { makeCertificates } from '../../support/certificates.js'
import { provider, stranger } from '../../support/channel-builders.js'
import { type Manner, type ReportEndpoint, startReportEndpoint } from '../../support/report-endpoint.js'
import { complete, inDirectory } from '../../unit/settings/harness.js'

const directory = inDirectory()
const servers: Server[] = []
const endpoints: ReportEndpoint[] = []
afterEach(async () => {
  servers.splice(0).forEach((server) => server.close())
  for (const endpoint of endpoints.splice(0)) await endpoint[Symbol.asyncDispose]()
})

/** HOST:PORT where somebody listens. */
async function listening(): Promise<string> {
  const server = createServer((socket) => socket.destroy())
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `127.0.0.1:${(server.address() as { port: number }).port}`
}

const service = {
  ...{ organization: complete.organization_id, service: complete.service_id, priceModel: 'fixed_price' },
  group: { name: 'default_group', idText: 'group' },
  terms: { mpe: stranger, recipient: provider },
  storage: { endpoints: [], connectionTimeoutMs: 0, requestTimeoutMs: 0 },
} as unknown as ServiceContext

const answering = (changes: Partial<Outside> = {}): Outside => ({
  running: async () => undefined,
  openChain: async () => ({
    registry: { organizationUri: async () => undefined, serviceUri: async () => undefined },
    health: () => ({ ok: true, block: 7n, ageMs: 0 }),
    nodes: [{ node: 'node.example', isUsed: true, fault: undefined }],
    async [Symbol.asyncDispose]() {},
  }),
  readService: async () => service,
  dateOf: async () => Date.now(),
  ...changes,
})

const refusing =
  (kind: 'not-found' | 'unavailable' | 'invalid-config', message: string) => async (): Promise<never> => {
    throw new SnetError(kind, message, { hint: 'do this' })
  }

async function sound(): Promise<Record<string, unknown>> {
  return {
    ...complete,
    ...{ daemon_endpoint: '127.0.0.1:0', metrics_endpoint: '127.0.0.1:0', data_dir: directory.path('data') },
    service_endpoint: `http://${await listening()}`,
  }
}

async function look(changes: Record<string, unknown> = {}, outside: Partial<Outside> = {}): Promise<Finding[]> {
  const found = await directory.find({ ...(await sound()), ...changes })
  const findings: Finding[] = []
  for await (const finding of examine(found, answering(outside))) findings.push(finding)
  return findings
}

const troubles = (findings: readonly Finding[]): string[] =>
  findings.filter(({ level }) => level !== 'ok').map(({ check, level }) => `${level} ${check}`)

test('a sound set-up has nothing to cure, and each part is named', async () => {
  const findings = await look()
  expect(troubles(findings)).toEqual([])
  const parts = [
    'settings',
    'crypto',
    'data_dir',
    'ports',
    'ports',
    'service',
    'clock',
    'chain',
    'registry',
    'metadata',
  ]
  expect(findings.map(({ check }) => check)).toEqual([...parts, 'group', 'recipient', 'storage'])
})

type Broken = [
  what: string,
  changes: () => object | Promise<object>,
  outside: Partial<Outside>,
  trouble: string,
  words: string,
]

const oldCertificate = async (): Promise<object> => {
  const certificates = await makeCertificates()
  const { certFile, keyFile } = certificates.make('clients')
  return { ssl_cert: certFile, ssl_key: keyFile }
}

const secretConfig = async (): Promise<object> => {
  const key = directory.path('open.key')
  await writeFile(key, 'x')
  await chmod(key, 0o644)
  return { payment_channel_key_path: key }
}

const dataDir = async (mode: number): Promise<object> => {
  await makeDirectory(directory.path('data'))
  await chmod(directory.path('data'), mode)
  return {}
}

const marked = async (): Promise<object> => {
  await makeDirectory(directory.path('data'))
  await chmod(directory.path('data'), 0o700)
  const identity = { network: 'main', organization: 'other', group: 'group', mpe: stranger, backend: 'embedded' }
  await writeFile(directory.path('data/snetd-store.json'), JSON.stringify({ ...identity, owners: '1' }))
  return {}
}

const metered = async (manner: Manner): Promise<object> => {
  const endpoint = await startReportEndpoint()
  endpoints.push(endpoint)
  endpoint.manner = () => manner
  return { metering_enabled: true, metering_endpoint: endpoint.url, private_key_for_metering: '44'.repeat(32) }
}

const alerting = (notification_endpoint: string): object => ({
  ...{ notification_endpoint, alerts_email: 'ops@example.org', private_key_for_metering: '44'.repeat(32) },
})

const broken: Broken[] = [
  ['reports that are refused', () => metered(401), {}, 'fail metering', 'Metering authentication failed'],
  ['reports that nobody takes now', () => metered(503), {}, 'warn metering', 'answers HTTP status 503'],
  ['a key for reports that is missing', () => ({ metering_enabled: true }), {}, 'fail settings', 'Metering End point'],
  ['alerts that go nowhere', () => alerting('http://127.0.0.1:1'), {}, 'warn alerts', 'notification_endpoint'],
  ['a setting that is none', () => ({ service_timeout: 'soon' }), {}, 'fail settings', 'service_timeout'],
  ['a key that is not known', () => ({ servce_timeout: '5s' }), {}, 'warn settings', 'did you mean service_timeout'],
  [
    'a data_dir that is a file',
    async () => (await writeFile(directory.path('f'), ''), { data_dir: directory.path('f') }),
    {},
    'fail data_dir',
    'is no directory',
  ],
  ['a data_dir that others may look into', () => dataDir(0o755), {}, 'warn data_dir', 'others on this host'],
  ['a key that others may read', secretConfig, {}, 'fail file modes', 'payment_channel_key_path'],
  ['a certificate that ends soon', oldCertificate, {}, 'warn TLS', 'ends in 1 days'],
  ['a cleartext port for everybody', () => ({ daemon_endpoint: '0.0.0.0:0' }), {}, 'warn TLS', 'cleartext'],
  ['a port that is taken', async () => ({ daemon_endpoint: await listening() }), {}, 'fail ports', 'EADDRINUSE'],
  [
    'a metrics port that is taken',
    async () => ({ metrics_endpoint: await listening() }),
    {},
    'fail ports',
    'metrics_endpoint',
  ],
  ['a service that is away', () => ({ service_endpoint: 'http://127.0.0.1:1' }), {}, 'fail service', 'ECONNREFUSED'],
  ['a clock that is wrong', () => ({}), { dateOf: async () => Date.now() - 3_600_000 }, 'fail clock', '3600 s ahead'],
  [
    'a node that is away',
    () => ({}),
    { openChain: refusing('unavailable', 'the node did not answer') },
    'fail chain',
    'did not answer',
  ],
  [
    'a node of another chain',
    () => ({}),
    { openChain: refusing('invalid-config', 'the node serves chain 1') },
    'fail chain',
    'serves chain 1',
  ],
  [
    'a service that is not registered',
    () => ({}),
    { readService: refusing('not-found', 'service "x" of organisation "y" is not registered') },
    'fail registry',
    'not registered',
  ],
  [
    'metadata that cannot be fetched',
    () => ({}),
    { readService: refusing('unavailable', 'service metadata: no answer') },
    'fail metadata',
    'no answer',
  ],
  [
    'a group without a payment address',
    () => ({}),
    { readService: refusing('invalid-config', 'groups[0].payment.payment_address: expected an address') },
    'fail recipient',
    'payment_address',
  ],
  [
    'no store chosen',
    () => ({ payment_channel_storage_type: null }),
    {},
    'fail storage',
    'choose where payments are kept',
  ],
  ['payments of another identity', marked, {}, 'fail storage', 'another identity'],
  [
    'an etcd that is away',
    () => ({
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: { endpoints: ['http://127.0.0.1:1'] },
    }),
    {},
    'fail storage',
    'etcd does not answer',
  ],
  [
    'a hook of the log that cannot be used',
    () => ({ log: { hooks: ['ops'], ops: { type: 'email', port: 25 } } }),
    {},
    'warn settings',
    'log.ops.host: set it to your mail server (from ./snetd.config.json); the hook is left out',
  ],
  [
    'a password of a hook in a file for all',
    async () => {
      await writeFile(directory.path('password'), 'pw', { mode: 0o644 })
      await chmod(directory.path('password'), 0o644)
      const hook = { type: 'email', host: 'mail.example', port: 25, from: 'a@b', to: 'c@d' }
      return { log: { hooks: ['ops'], ops: { ...hook, password_file: directory.path('password') } } }
    },
    {},
    'fail file modes',
    'log.ops.password_file: others on this host may read',
  ],
  [
    'a password of a hook in a config file for all',
    () => ({ log: { hooks: ['ops'], ops: { type: 'webhook', url: 'https://hooks.example/secret' } } }),
    {},
    'fail file modes',
    'the config file, which holds secrets: others on this host may read',
  ],
  ['payments in memory', () => ({ payment_channel_storage_type: 'memory' }), {}, 'warn storage', 'in memory only'],
  ['calls that are not paid', () => ({ blockchain_enabled: false }), {}, 'warn payments', 'NOT PAID'],
]

test.each(broken)('%s is named, with a cure', async (_what, changes, outside, trouble, words) => {
  const findings = await look((await changes()) as Record<string, unknown>, outside)
  const named = findings.find(({ level, check, message }) => `${level} ${check}` === trouble && message.includes(words))
  expect([troubles(findings), named?.cure !== undefined && named.cure !== '']).toEqual([
    expect.arrayContaining([trouble]),
    true,
  ])
})

test('a metrics port that nobody wrote may be taken, as by another replica', async () => {
  // Where it is taken by somebody else already, so it is.
  const server = createServer().on('error', () => undefined)
  servers.push(server)
  await new Promise<void>((done) => server.once('error', () => done()).listen(9464, '127.0.0.1', done))
  const findings = await look({ metrics_endpoint: null })
  expect(findings.filter(({ check, level }) => check === 'ports' && level !== 'ok')).toEqual([
    {
      check: 'ports',
      level: 'warn',
      message: 'metrics_endpoint 127.0.0.1:9464 cannot be listened on: EADDRINUSE',
      cure: 'End what listens there, or set metrics_endpoint to another port.',
    },
  ])
})

test('a certificate is judged as clients will judge it', async () => {
  await using certificates = await makeCertificates()
  const DAY_MS = 86_400_000
  const { cert } = certificates.make('clients')
  const at = (days: number) => checkCertificate('ssl_cert', cert, { warnDays: 0, now: Date.now() + days * DAY_MS })
  expect(at(1)).toMatchObject({ level: 'ok' })
  expect(at(3)).toMatchObject({ level: 'fail', message: expect.stringContaining('expired on'), cure: 'Renew it.' })
  expect(at(-1)).toMatchObject({ level: 'fail', message: expect.stringContaining('is not valid before') })
})

test('the ports of the daemon that runs are its own', async () => {
  const endpoint = await listening()
  const running = async () => ({ pid: 7, healthy: true, gate: { endpoint } })
  const findings = await look({ daemon_endpoint: endpoint }, { running })
  expect(troubles(findings)).toEqual([])
  expect(findings.find(({ check }) => check === 'daemon')?.message).toContain('pid 7')
})
