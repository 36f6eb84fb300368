import type { DaemonConfig, LoadedConfig } from '../settings/index.js'
import { hostPortText } from '../shared/host-port.js'
import type { ReportingDaemon } from '../shared/wire/index.js'
import { openAlerts } from './compose-alerts.js'
import { openCertificate } from './compose-certificates.js'
import { ratesOf } from './compose-client-limits.js'
import { drain, type Gate, type GateDeps } from './compose-gate.js'
import { measureGate } from './compose-metrics.js'
import { startProbing } from './compose-probing.js'
import { openReports, reportsView } from './compose-reports.js'
import { serviceTls } from './compose-service-tls.js'
import { countConnectionLimits, countLimited, startPlainGateway } from './gateway/index.js'
import { gatewayConfig } from './room-configs.js'
import type { RunningSettings } from './running-settings.js'

/** A gate without gRPC, chain, store and payments: every request goes to the service as it is (snet-wire 5.6). */
export async function openPlainGate(loaded: LoadedConfig, deps: GateDeps): Promise<Gate> {
  const { config } = loaded
  const { life, log, metrics, settings } = deps
  const certificate = await openCertificate(loaded, deps)
  if (!config.passthrough_enabled) log.warn('passthrough_enabled is false: requests are answered with their own body')
  await startProbing(probed(config), { health: async () => ({ ok: true }) }, deps)
  const reports = await openReports(config, deps)
  await openAlerts(config, {
    ...{ ...deps, reports, daemon: daemonOf(config), newestBlock: () => 0n, expiring: undefined },
    recipient: () => settings.loaded.config.alerts_email,
  })
  const gateway = await life.own(
    'gateway',
    startPlainGateway(plainConfig(settings, certificate?.terms), {
      log,
      onLimited: countLimited(metrics),
      onConnectionLimit: countConnectionLimits(metrics),
    }),
  )
  measureGate(metrics, { gateway, groupState: { isPaused: false } })
  certificate?.begin()
  const endpoint = hostPortText(gateway.address)
  log.info('the gate as it is set up', {
    config: loaded.file ?? 'none',
    type: 'http',
    service: config.service_endpoint.host,
    tls: certificate !== undefined,
    price_model: 'none',
  })
  return {
    endpoint,
    ...{ freeCallUsers: undefined, kept: undefined, store: undefined },
    figures: async () => ({
      endpoint,
      tls: certificate !== undefined,
      certificate: certificate?.view.shown,
      isPaused: false,
      callsInFlight: gateway.callsInFlight,
      paid: undefined,
      reports: reportsView(reports),
    }),
    certificate: certificate?.view,
    leave: () => gateway.leave(),
    drain: (hurry) => drain(gateway, settings.loaded.config.drain_timeout, { hurry, log, hint: UNASKED }),
  }
}

const UNASKED = 'Nothing was paid; these clients can ask again.'

/** Nothing of it is asked for where nothing is paid. */
const daemonOf = (config: Partial<DaemonConfig>): ReportingDaemon => ({
  organization: config.organization_id ?? '',
  service: config.service_id ?? '',
  group: '',
  registry: config.registry_address_key ?? '',
})

function plainConfig(settings: RunningSettings, tls: Parameters<typeof gatewayConfig>[1]['tls']) {
  const { config } = settings.loaded
  return {
    ...gatewayConfig(config, { tls, rates: ratesOf(settings) }),
    service: config.passthrough_enabled ? { endpoint: config.service_endpoint, tls: serviceTls(config) } : undefined,
  }
}

/** Without gRPC there is no connection to be looked at: a service is well when its port is open. */
const probed = (config: DaemonConfig): DaemonConfig => {
  const { passthrough_enabled: isAsked, service_heartbeat_type: type = 'none' } = config
  return isAsked && type === 'none' ? { ...config, service_heartbeat_type: 'tcp' } : config
}
