import { connect } from 'node:net'
import { dirname } from 'node:path'
import { curve, toAddress } from '../ethereum/index.js'
import type { DaemonConfig, FoundSettings } from '../settings/index.js'
import { controlSocketOf } from '../shared/control-socket.js'
import { SnetError } from '../shared/errors.js'
import { hostPortText, withoutBrackets } from '../shared/host-port.js'
import { isLoopback } from '../shared/loopback.js'
import { type StatusMessage } from '../shared/wire/index.js'
import { getStatus } from '../shared/wire/grpc/index.js'
import { type Chain, openChain } from './chain/index.js'
import {
  checkCertificate,
  checkClock,
  checkDataDir,
  checkPort,
  checkSecretFiles,
  fail,
  failed,
  type Finding,
  ok,
  type WantedPort,
  warn,
} from './doctor/index.js'
import { asWarning, checkReports } from './compose-doctor-reports.js'
import { isMetered } from './compose-reports.js'
import { isHealthy } from './etcd-server/index.js'
import { openMetadata, type ServiceContext } from './metadata/index.js'
import type { Log } from './observability/index.js'
import { chainConfig, metadataConfig, storageConfig } from './room-configs.js'
import { chooseBackend, isOf, readMarker } from './storage/index.js'

/** What is asked of others; tests have answers of their own. */
export interface Outside {
  /** The daemon of this directory; undefined where none runs. */
  readonly running: (dataDir: string) => Promise<StatusMessage | undefined>
  readonly openChain: (
    config: DaemonConfig,
    log: Log,
  ) => Promise<Pick<Chain, 'registry' | 'health' | 'nodes'> & AsyncDisposable>
  readonly readService: (config: DaemonConfig, chain: Pick<Chain, 'registry'>, log: Log) => Promise<ServiceContext>
  /** What the Ethereum node says the time is. */
  readonly dateOf: (config: DaemonConfig) => Promise<number | undefined>
}

const REAL: Outside = {
  running: async (dataDir) => await getStatus(await controlSocketOf(dataDir), ANSWER_MS).catch(() => undefined),
  openChain: (config, log) => openChain(chainConfig(config), { log }),
  readService: async (config, { registry }, log) =>
    (await openMetadata(metadataConfig(config), { log, registry, toAddress })).current,
  dateOf: readDate,
}

const ANSWER_MS = 5_000

/**
 * Looks at everything that a start needs, one finding after the other, and at a daemon that runs as at one that does not:
 * nothing is written, and nothing taken that a daemon needs.
 */
export async function* examine(found: FoundSettings, outside: Outside = REAL): AsyncGenerator<Finding> {
  yield* settingsFindings(found)
  yield curve.implementation === 'native'
    ? ok('crypto', 'signatures are checked by native code')
    : warn('crypto', 'no native secp256k1: signatures are checked 2.5 times slower', 'Install again for this platform.')
  yield await checkDataDir(found.dataDir, dirname(found.dataDir))
  yield* await checkSecretFiles(found.secretFiles, found.env)
  const running = await outside.running(found.dataDir)
  if (running) yield runningFinding(running)
  if (found.problems.length > 0) return
  const { config } = found
  yield* tlsFindings(found)
  for (const port of wantedPorts(found, running)) yield await checkPort(port)
  if (config.infra_enabled) yield await reachable('berty', 'infra_berty_endpoint', config.infra_berty_endpoint)
  if (!config.gate_enabled) return
  const isPlain = config.daemon_type === 'http'
  if (config.passthrough_enabled && (config.executable_path === undefined || isPlain))
    yield await reachable('service', 'service_endpoint', addressOf(config.service_endpoint))
  if (config.notification_endpoint && config.alerts_email !== undefined)
    yield asWarning(await reachable('alerts', 'notification_endpoint', addressOf(config.notification_endpoint)))
  if (isPlain) return
  if (config.blockchain_enabled) yield* chainFindings(found, outside)
  else yield warn('payments', 'blockchain_enabled is false: calls are NOT PAID', 'Set it to true where clients pay.')
}

function settingsFindings({ problems, warnings, file }: FoundSettings): Finding[] {
  const faults = problems.map(({ message, key }) =>
    fail('settings', message, `Set ${key} right; config explain shows all.`),
  )
  const cautions = warnings.map((message) => warn('settings', message, 'See config explain.'))
  return faults.length > 0 ? [...faults, ...cautions] : [ok('settings', file ?? 'no config file'), ...cautions]
}

function runningFinding({ pid, healthy, phase = 'SERVING', parts = [] }: StatusMessage): Finding {
  if (healthy) return ok('daemon', `runs as pid ${pid}, and is well`)
  const away = parts.filter((part) => !part.ok).map(({ name, reason }) => `${name}: ${reason ?? ''}`)
  return warn('daemon', `runs as pid ${pid}, ${phase.toLowerCase()}: ${away.join('; ')}`, 'snetd status tells more.')
}

function tlsFindings({ config, tls, infra }: FoundSettings): Finding[] {
  const { ssl_warn_days: warnDays, gate_enabled: isServed, daemon_endpoint: at } = config
  const isOpen = isServed && !tls && !isLoopback(at.host)
  return [
    ...(tls ? [certificateFinding(tls.from, warnDays)] : []),
    ...(infra?.tls ? [checkCertificate('infra_tls_cert', infra.tls.cert, { warnDays })] : []),
    ...(isOpen
      ? [
          warn(
            'TLS',
            `daemon_endpoint ${hostPortText(at)} speaks cleartext`,
            'Set ssl_cert and ssl_key, unless a proxy of yours speaks TLS.',
          ),
        ]
      : []),
  ]
}

type CertificateSource = NonNullable<FoundSettings['tls']>['from']

const certificateFinding = (from: CertificateSource, warnDays: number): Finding =>
  from.kind === 'files'
    ? checkCertificate('ssl_cert', from.pair.cert, { warnDays })
    : ok('TLS', `the certificate of ${from.domain} is fetched by ACME`)

function wantedPorts({ config, infra, origins }: FoundSettings, running: StatusMessage | undefined): WantedPort[] {
  const { metrics_endpoint: metrics } = config
  const portOf = (endpoint: string | undefined): number => Number(endpoint?.split(':').at(-1))
  return [
    ...(config.gate_enabled
      ? [{ key: 'daemon_endpoint', at: config.daemon_endpoint, own: running?.gate?.endpoint }]
      : []),
    ...(infra ? [{ key: 'infra_endpoint', at: infra.endpoint, own: running?.infra?.endpoint }] : []),
    ...(metrics === 'off'
      ? []
      : [
          {
            ...{ key: 'metrics_endpoint', at: metrics, own: running?.metrics },
            isOptional: origins['metrics_endpoint'] === 'default',
          },
        ]),
  ].map(({ own, ...port }) => ({ ...port, isOwn: port.at.port !== 0 && portOf(own) === port.at.port }))
}

async function* chainFindings(found: FoundSettings, outside: Outside): AsyncGenerator<Finding> {
  const { config } = found
  const log = new Warnings()
  yield checkClock(await outside.dateOf(config).catch(() => undefined), Date.now())
  let chain: Awaited<ReturnType<Outside['openChain']>>
  try {
    chain = await outside.openChain(config, log.log)
  } catch (fault) {
    yield failed('chain', fault, 'Check ethereum_json_rpc_http_endpoint.')
    return
  }
  await using _open = chain
  const asked = chain.nodes.find(({ isUsed }) => isUsed)?.node
  const told = `network ${config.blockchain_network_selected}, block ${chain.health().block}, of the node at ${asked}`
  yield* log.take('chain', ok('chain', told))
  let service: ServiceContext
  try {
    service = await outside.readService(config, chain, log.log)
  } catch (fault) {
    yield* metadataFaults(fault)
    return
  }
  yield ok('registry', `organisation "${service.organization}" and service "${service.service}" are registered`)
  yield* log.take('metadata', ok('metadata', `price model ${service.priceModel}`))
  yield ok('group', `"${service.group.name}"`)
  yield ok('recipient', `clients pay ${service.terms.recipient}, by the escrow contract ${service.terms.mpe}`)
  yield await checkStorage(found, service)
  if (isMetered(config)) yield await checkReports(config, service, chain)
}

/** Each line of a refusal is about one field; which one it is, says what is wrong. */
function metadataFaults(fault: unknown): Finding[] {
  if (!(fault instanceof SnetError)) return [failed('metadata', fault, 'Report this.')]
  const cure = fault.hint ?? 'Publish the metadata again.'
  return fault.message.split('\n').map((line) => fail(aboutOf(line), line, cure))
}

function aboutOf(line: string): string {
  if (/not registered|no Registry/.test(line)) return 'registry'
  if (line.includes('payment_address')) return 'recipient'
  return /\bgroup\b.*\b(no|not|none|only|named)\b|\bno group\b/.test(line) ? 'group' : 'metadata'
}

async function checkStorage({ config, dataDir }: FoundSettings, service: ServiceContext): Promise<Finding> {
  try {
    const { type, etcd, identity } = storageConfig(config, { dataDir: { path: dataDir }, service })
    const backend = await chooseBackend(type, etcd?.endpoints ?? [])
    const marker = await readMarker(dataDir)
    if (marker?.backend === 'embedded' && !isOf(marker, { ...identity, backend }))
      return fail(
        'storage',
        `${dataDir} holds payments of another identity: ${marker.organization}, ${marker.network}, ${marker.backend}`,
        'Undo the change, move the payments with snetd storage copy, or set data_dir to another directory.',
      )
    if (backend === 'memory')
      return warn('storage', 'payments are kept in memory only', 'Set payment_channel_storage_type to "embedded".')
    return backend === 'etcd' ? await checkEtcd(etcd) : ok('storage', `embedded, in ${dataDir}`)
  } catch (fault) {
    return failed('storage', fault, 'Check payment_channel_storage_type.')
  }
}

async function checkEtcd(etcd: ReturnType<typeof storageConfig>['etcd']): Promise<Finding> {
  const { endpoints = [], tls } = etcd ?? {}
  if (endpoints.length === 0)
    return fail('storage', 'nothing says where etcd is', 'Set payment_channel_storage_client.endpoints.')
  const files =
    tls?.caFile !== undefined && tls.certFile !== undefined && tls.keyFile !== undefined
      ? { caFile: tls.caFile, certFile: tls.certFile, keyFile: tls.keyFile }
      : undefined
  const away: string[] = []
  for (const endpoint of endpoints) if (!(await isHealthy(endpoint.replace(/\/$/, ''), files))) away.push(endpoint)
  if (away.length === 0) return ok('storage', `etcd at ${endpoints.join(', ')}`)
  const message = `etcd does not answer, or is not well, at ${away.join(', ')}`
  const cure = 'Start it, or set payment_channel_storage_client.endpoints to where it is.'
  return away.length < endpoints.length ? warn('storage', message, cure) : fail('storage', message, cure)
}

function addressOf({ protocol, hostname, port }: URL): { host: string; port: number } {
  const isTls = protocol === 'https:' || protocol === 'grpcs:'
  return { host: withoutBrackets(hostname), port: Number(port || (isTls ? 443 : 80)) }
}

async function reachable(check: string, key: string, at: { host: string; port: number }): Promise<Finding> {
  const fault = await connectFault(at)
  const where = `${key} ${hostPortText(at)}`
  if (fault === undefined) return ok(check, `${where} takes connections`)
  return fail(check, `${where} cannot be connected to: ${fault}`, `Start it, or set ${key} to where it listens.`)
}

const connectFault = ({ host, port }: { host: string; port: number }): Promise<string | undefined> =>
  new Promise((done) => {
    const socket = connect({ host: withoutBrackets(host), port })
    const answer = (fault: string | undefined): void => {
      socket.destroy()
      done(fault)
    }
    socket.setTimeout(ANSWER_MS, () => answer('no answer in time'))
    socket.once('connect', () => answer(undefined))
    socket.once('error', ({ code, message }: NodeJS.ErrnoException) => answer(code ?? message))
  })

/** Any answer has a date, also one that refuses. */
async function readDate({ ethereum_json_rpc_http_endpoint: [node] }: DaemonConfig): Promise<number | undefined> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), ANSWER_MS)
  try {
    const { headers, body } = await fetch(node, { method: 'HEAD', redirect: 'manual', signal: limit.signal })
    await body?.cancel()
    const date = headers.get('date')
    return date === null ? undefined : Date.parse(date)
  } finally {
    clearTimeout(timer)
  }
}

/** What a part warns of while it opens is a finding. */
class Warnings {
  #told: string[] = []
  readonly log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message, fields) => void this.#told.push(`${message}${fields ? ` ${JSON.stringify(fields)}` : ''}`),
    error: (message) => void this.#told.push(message),
  }

  take(check: string, otherwise: Finding): Finding[] {
    const told = this.#told.splice(0)
    return [otherwise, ...told.map((message) => warn(check, message, 'See the guide for providers.'))]
  }
}
