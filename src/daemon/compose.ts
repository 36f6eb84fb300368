import { whenAborted } from '../shared/abort.js'
import { messageOf } from '../shared/errors.js'
import { Lifecycle } from '../shared/lifecycle.js'
import { openControl } from './api/index.js'
import { Refusals } from './gateway/index.js'
import { type Gate, openGate } from './compose-gate.js'
import { openPlainGate } from './compose-plain.js'
import { openInfra } from './compose-infra.js'
import { type DaemonSignals, stopServing } from './compose-stop.js'
import { type LoadedConfig, secretTextsOf } from '../settings/index.js'
import { tellCrashes } from './crash.js'
import { measureCertificates, measureInfra, openMetrics } from './compose-metrics.js'
import { createHealth, createMetrics, type OpenLog } from './observability/index.js'
import { openLogs } from './compose-log.js'
import { RunningSettings } from './running-settings.js'
import { DaemonStatus } from './status.js'
import { openDataDir } from './data-dir/index.js'
import { openServiceManager } from './service-manager/index.js'

/** What a started daemon tells whoever started it: HOST:PORT of what it serves. */
export interface Ready {
  /** Where paying clients connect; undefined without a gate. */
  readonly endpoint: string | undefined
  /** Where controllers connect; undefined without a control daemon. */
  readonly infra: string | undefined
  /** Where the figures are served; undefined where they are not. */
  readonly metrics: string | undefined
}

/**
 * The whole daemon, top to bottom: reading order is start order, and stop order is its reverse. Resolves once it has
 * stopped after `signal`. Start-up trouble throws and names the part; `drain-timed-out` tells that calls were cut.
 */
export async function runDaemon(
  loaded: LoadedConfig,
  signals: DaemonSignals,
  announce: (ready: Ready) => Promise<void>,
): Promise<void> {
  using _crashes = tellCrashes(secretTextsOf(loaded))
  await using life = new Lifecycle()
  const log = await openLogs(loaded, life)
  try {
    await runParts(loaded, { ...signals, log }, announce)
  } catch (fault) {
    if (fault !== signals.signal.reason) log.tellEnd(fault)
    throw fault
  }
}

async function runParts(
  loaded: LoadedConfig,
  { signal, onHangup, untilNext, log }: DaemonSignals & { readonly log: OpenLog },
  announce: (ready: Ready) => Promise<void>,
): Promise<void> {
  const { config } = loaded
  await using life = new Lifecycle()

  for (const warning of loaded.warnings) log.warn(warning)
  onHangup(() => log.reopen())
  const settings = new RunningSettings(loaded, { log })
  settings.onChange((next) => log.setLevel(next.config.log.level))
  const health = createHealth()
  const manager = await life.own('service manager', openServiceManager({ env: loaded.env, health, log }))
  onHangup(() => void manager.reloading(() => settings.reload()))
  const dataDir = await life.own('data_dir', openDataDir({ path: loaded.dataDir }, { log }))
  const status = new DaemonStatus(health)
  const onConnection = dataDir.onConnection.bind(dataDir)
  // The socket is open before the gate is.
  const open: { gate?: Gate | undefined } = {}
  const control = {
    status: () => status.read(),
    freeCallUsers: () => open.gate?.freeCallUsers,
    kept: () => open.gate?.kept,
    store: () => open.gate?.store,
  }
  await life.own('control socket', openControl({ onConnection, ...control, log }))

  const figures = createMetrics()
  const refusals = new Refusals()
  const metrics = await openMetrics(loaded, { life, log, settings, metrics: figures, refusals, health, status })
  status.know(async () => ({ metrics, pending: await settings.readPending() }))
  const deps = { life, log, metrics: figures, refusals, settings, health, status, dataDir, signal, env: loaded.env }
  const infra = loaded.infra && (await openInfra(loaded, loaded.infra, deps))
  if (infra) measureInfra(figures, () => infra.figures())
  const opening = config.daemon_type === 'http' ? openPlainGate : openGate
  const gate = (open.gate = config.gate_enabled ? await opening(loaded, deps) : undefined)
  measureCertificates(figures, { gate: gate?.certificate, infra: loaded.infra?.tls })

  status.serve(async () => ({ ...(gate && { gate: await gate.figures() }), ...(infra && { infra: infra.figures() }) }))
  const ready = { endpoint: gate?.endpoint, infra: infra?.endpoint, metrics }
  log.info('serving', { ...ready })
  manager.ready(`serving at ${ready.endpoint ?? ready.infra}`)
  announce(ready).catch((error: unknown) => {
    log.warn('the ready line could not be written; the daemon serves all the same', { reason: messageOf(error) })
  })
  await whenAborted(signal)
  manager.stopping()
  await stopServing({ status, health, log, gate, delayMs: settings.loaded.config.shutdown_delay, untilNext })
}
