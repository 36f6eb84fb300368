import { SnetError } from '../shared/errors.js'
import type { KeptStore } from '../shared/wire/index.js'
import { hostPortText } from '../shared/host-port.js'
import { partOf } from '../shared/live.js'
import { createOwnServices, type GateView, type Kept } from './api/index.js'
import { openAlerts } from './compose-alerts.js'
import { allowedUsers, type Backing, type BackingDeps, openBacking } from './compose-backing.js'
import type { CertificateView } from './certificates/index.js'
import { openCertificate } from './compose-certificates.js'
import { ratesOf } from './compose-client-limits.js'
import { configurationDeps } from './compose-configuration.js'
import { measureGate } from './compose-metrics.js'
import { identityOf, pagesOf } from './compose-pages.js'
import { startProbing } from './compose-probing.js'
import { tellUnknownLimits } from './compose-rates.js'
import { openReports, reportsView } from './compose-reports.js'
import { openTracing } from './compose-tracing.js'
import { chooseUpstream } from './compose-upstream.js'
import type { LoadedConfig } from '../settings/index.js'
import {
  countCalls,
  countConnectionLimits,
  countLimited,
  type Gateway,
  type PublishedMethods,
  type Refusals,
  startGateway,
} from './gateway/index.js'
import type { Log } from './observability/index.js'
import type { FreeCallUsers } from './payments/index.js'
import { withReflection } from './reflection/index.js'
import { gatewayConfig } from './room-configs.js'

export interface GateDeps extends Omit<BackingDeps, 'reports'> {
  readonly refusals: Refusals
}

/** The payment gate, open. */
export interface Gate {
  readonly endpoint: string
  /** Undefined where calls are not paid. */
  readonly freeCallUsers: FreeCallUsers | undefined
  figures(): Promise<GateView>
  /** What is kept of payments; undefined without any. */
  readonly kept: Kept | undefined
  /** The store as a whole; undefined without any. */
  readonly store: KeptStore | undefined
  /** What clients are shown; undefined without TLS. */
  readonly certificate: CertificateView | undefined
  /** Has clients make their next calls elsewhere. */
  leave(): void
  /** @param hurry ends it early. Error: `drain-timed-out` when calls were cut. */
  drain(hurry: AbortSignal): Promise<void>
}

/** Everything behind the port that paying clients connect to, then that port. Start-up trouble names the part. */
export async function openGate(loaded: LoadedConfig, deps: GateDeps): Promise<Gate> {
  const { config } = loaded
  const { life, log, metrics, refusals, health, settings } = deps
  const reports = await openReports(config, deps)
  const backing = await openBacking(config, { ...deps, reports })
  const { money, kinds, methods, models, groupState } = backing
  const certificate = await openCertificate(loaded, deps)
  if (backing.sharedSettings) await settings.share(backing.sharedSettings)
  const running = gatewayConfig(settings.loaded.config, { tls: certificate?.terms, rates: ratesOf(settings) })
  const services = partOf(backing.protoServices, (names) => [...new Set([config.service_id, ...names])])
  const id = identityOf(config, backing)
  const configuration = configurationDeps({ id, settings, ...backing })
  const ownServices = createOwnServices({
    ...{ payments: money?.payments, claims: money?.claims, freeCalls: money?.freeCalls },
    ...{ health, services, configuration },
    training: models.methods,
  })
  const own = config.reflection_enabled ? withReflection(ownServices, backing.files) : ownServices
  const upstream = await life.own('service connection', chooseUpstream(settings.loaded.config, backing, deps))
  tellStart(loaded, backing, deps)
  tellUnknownLimits(config, { methods: methods.current, services: backing.protoServices.current, log })
  const only = allowedUsers(settings)
  if (only)
    log.warn('allowed_user_flag is true: everybody but these users is refused', { users: only.current.join(' ') })
  await startProbing(config, upstream, deps)
  await openAlerts(config, {
    ...{ ...deps, reports, daemon: id, newestBlock: backing.newestBlock },
    recipient: () => settings.loaded.config.alerts_email,
    expiring: money && ((blocks) => money.expiring(blocks)),
  })
  const gateway = await life.own(
    'gateway',
    startGateway(running, {
      payments: kinds,
      own,
      ownPayments: models.payments,
      upstream,
      methods,
      pause: groupState,
      openTokens: backing.openTokens,
      tracing: await openTracing(config, deps),
      onLimited: countLimited(metrics),
      onConnectionLimit: countConnectionLimits(metrics),
      health,
      pages: pagesOf(config, backing, health),
      meter: backing.meter,
      figures: countCalls(metrics, (method) => own.has(method) || isPublished(methods.current.find(method)), refusals),
      log,
    }),
  )
  measureGate(metrics, { gateway, groupState })
  certificate?.begin()
  const endpoint = hostPortText(gateway.address)
  if (gateway.webAddress)
    log.info('traffic is split: gRPC and web pages have a port each, and daemon_endpoint is not listened on', {
      grpc: endpoint,
      http: hostPortText(gateway.webAddress),
    })
  return {
    endpoint,
    freeCallUsers: money?.freeCallUsers,
    kept: money?.kept,
    store: money?.store,
    figures: async () => ({
      endpoint,
      tls: certificate !== undefined,
      certificate: certificate?.view.shown,
      allowedUsers: only?.current.length,
      isPaused: groupState.isPaused,
      callsInFlight: gateway.callsInFlight,
      paid: await money?.figures(),
      reports: reportsView(reports),
    }),
    certificate: certificate?.view,
    leave: () => gateway.leave(),
    drain: (hurry) => drain(gateway, settings.loaded.config.drain_timeout, { hurry, log, hint: UNPAID }),
  }
}

const UNPAID = 'Their payments were not kept, so these clients can use the same signed amounts again.'

const isPublished = (traits: ReturnType<PublishedMethods['find']>): boolean =>
  traits !== undefined && traits.isAssumed !== true

/** The one line from which to see whether this is the gate that was meant. */
function tellStart({ config, file, tls }: LoadedConfig, { told }: Backing, { log, dataDir }: GateDeps): void {
  log.info('the gate as it is set up', {
    config: file ?? 'none',
    organization: config.organization_id,
    service: config.service_id,
    network: config.blockchain_network_selected,
    ...told,
    tls: tls !== undefined,
    data_dir: dataDir.path,
  })
}

/** @param hint what becomes of the calls that were cut */
export async function drain(
  gateway: Pick<Gateway, 'drain'>,
  timeoutMs: number,
  { hurry, log, hint }: { readonly hurry: AbortSignal; readonly log: Log; readonly hint: string },
): Promise<void> {
  log.info('stopping: calls in flight may finish', { limit_ms: timeoutMs })
  const cut = await gateway.drain(timeoutMs, hurry)
  if (cut === 0) return
  const cause = hurry.aborted ? 'as a second signal told' : 'when drain_timeout was over'
  throw new SnetError('drain-timed-out', `${cut} calls were cut off ${cause}`, { hint })
}
