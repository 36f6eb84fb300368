import { X509Certificate } from 'node:crypto'
import { messageOf, SnetError } from '../shared/errors.js'
import { hostPortText } from '../shared/host-port.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import { isLoopback } from '../shared/loopback.js'
import { packageVersion } from '../shared/package.js'
import type { TlsPair } from '../shared/tls-files.js'
import type { LoadedConfig } from '../settings/index.js'
import type { InfraView } from './api/index.js'
import type { CertificateView } from './certificates/index.js'
import type { Gateway, Refusals } from './gateway/index.js'
import { openMetricsEndpoint } from './metrics-endpoint/index.js'
import { type Health, type Log, measureProcess, type Metrics, type MetricsReader } from './observability/index.js'
import { readPageData } from './page-data.js'
import type { RunningSettings } from './running-settings.js'
import type { DaemonStatus } from './status.js'

export interface MetricsDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly metrics: Metrics & MetricsReader
  readonly refusals: Refusals
  readonly health: Health
  readonly status: DaemonStatus
  readonly settings: RunningSettings
}

/**
 * Serves the figures, from before the gate is open until after it is closed. A default port that is busy, as by another
 * replica of this host, keeps nobody from starting; one that is written is wanted. Undefined where nothing is served.
 */
export async function openMetrics({ config, origins }: LoadedConfig, deps: MetricsDeps): Promise<string | undefined> {
  const { life, log, metrics, refusals, health, status, settings } = deps
  const { metrics_endpoint: endpoint } = config
  if (endpoint === 'off') return undefined
  const opening = openMetricsEndpoint(
    { endpoint, hosts: settings.part(({ metrics_hosts: hosts }) => hosts) },
    {
      metrics,
      page: () => readPageData({ metrics, status: () => status.read(), refusals: () => refusals.list() }),
      log,
    },
  )
  try {
    const { address } = await life.own('metrics endpoint', opening)
    await life.own('figures of the process', ofProcess(metrics))
    measureHealth(metrics, health)
    const where = hostPortText(address)
    if (!isLoopback(address.host))
      log.warn('metrics_endpoint can be reached by other hosts: it asks nobody who he is, and tells what is earned', {
        endpoint: where,
      })
    return where
  } catch (fault) {
    const isBusy = fault instanceof SnetError && fault.details['code'] === 'EADDRINUSE'
    if (!isBusy || origins['metrics_endpoint'] !== 'default') throw fault
    log.warn('no metrics are served: the default metrics_endpoint is in use; set it to another, or to "off"', {
      reason: messageOf(fault),
    })
    return undefined
  }
}

const ofProcess = (metrics: Metrics): AsyncDisposable => {
  const measuring = measureProcess(metrics)
  return { [Symbol.asyncDispose]: async () => measuring[Symbol.dispose]() }
}

function measureHealth(metrics: Metrics, health: Health): void {
  const labels = ['version']
  metrics.gauge({ name: 'snetd_info', help: 'Always 1; the version of the daemon.', labels }, () => [
    [1, packageVersion()],
  ])
  metrics.gauge({ name: 'snetd_healthy', help: '1 when every part can do its work.' }, async () => [
    [Number((await health.check()).ready)],
  ])
  metrics.gauge({ name: 'snetd_part_healthy', help: '1 when this part can do its work.', labels: ['part'] }, async () =>
    (await health.check()).parts.map(({ part, ok }) => [Number(ok), part]),
  )
}

export interface GateSources {
  readonly gateway: Pick<Gateway, 'callsInFlight'>
  readonly groupState: { readonly isPaused: boolean }
}

export function measureGate(metrics: Metrics, { gateway, groupState }: GateSources): void {
  metrics.gauge({ name: 'snetd_calls_in_flight', help: 'Calls that are being served.' }, () => [
    [gateway.callsInFlight],
  ])
  metrics.gauge({ name: 'snetd_paused', help: '1 while an operator has paused the calls of the service.' }, () => [
    [Number(groupState.isPaused)],
  ])
}

export interface ShownCertificates {
  /** May be another at each reading; undefined without TLS. */
  readonly gate: CertificateView | undefined
  readonly infra: TlsPair | undefined
}

/** The certificates that clients are shown, until when they count. */
export function measureCertificates(metrics: Metrics, { gate, infra }: ShownCertificates): void {
  const ofInfra = infra && new Date(new X509Certificate(infra.cert).validTo)
  const shown = (): [port: string, until: Date | undefined][] => [
    ['gate', gate?.shown?.notAfter],
    ['infra', ofInfra],
  ]
  metrics.gauge(
    {
      name: 'snetd_certificate_expiry_timestamp_seconds',
      help: 'When the certificate of a port expires, since 1970.',
      labels: ['port'],
    },
    () => shown().flatMap(([port, until]) => (until ? [[until.getTime() / 1000, port]] : [])),
  )
}

export function measureInfra(metrics: Metrics, figures: () => InfraView): void {
  const gauge = (name: string, help: string, read: (view: InfraView) => number): void =>
    metrics.gauge({ name, help }, () => [[read(figures())]])
  gauge('snetd_infra_groups', 'Groups of Bertys that are known.', ({ groups }) => groups)
  gauge('snetd_infra_tests', 'Tests that are known.', ({ tests }) => tests)
  gauge('snetd_infra_tests_running', 'Tests that are running.', ({ testsRunning }) => testsRunning)
}
