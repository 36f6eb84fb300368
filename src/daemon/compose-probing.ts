import { withoutBrackets } from '../shared/host-port.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import type { DaemonConfig } from '../settings/index.js'
import { askHealth, connectGrpcUpstream, type Upstream } from './gateway/index.js'
import type { Health, Log } from './observability/index.js'
import { type Probe, probeByConnection, probeByGrpc, probeByHttp, probeByTcp, ServicePoller } from './probing/index.js'
import { upstreamConfig } from './room-configs.js'

interface ProbingDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly health: Pick<Health, 'watch'>
}

/** Has the health know how the service is, and resolves when it does for the first time. */
export async function startProbing(
  config: DaemonConfig,
  upstream: Pick<Upstream, 'health'>,
  { life, log, health }: ProbingDeps,
): Promise<void> {
  const probe = await life.own('connection of the heartbeat', openProbe(config, upstream, log))
  const limits = { intervalMs: config.heartbeat_interval, timeoutMs: config.heartbeat_timeout }
  const poller = new ServicePoller(probe.look, limits, {
    log,
    endpoint: config.service_endpoint.host || config.service_endpoint.href,
  })
  await life.own('heartbeat', poller)
  health.watch('service', () => poller.health())
  await poller.health()
}

interface OpenProbe extends AsyncDisposable {
  readonly look: Probe
}

function openProbe(config: DaemonConfig, upstream: Pick<Upstream, 'health'>, log: Log): OpenProbe {
  switch (config.service_heartbeat_type) {
    case undefined:
    case 'none':
      return stateless(probeByConnection(upstream))
    case 'tcp':
      return stateless(probeByTcp(addressOf(config.service_endpoint)))
    case 'http':
    case 'https':
      return stateless(probeByHttp(config.heartbeat_endpoint as URL))
    case 'grpc':
      return openGrpcProbe(config, log)
  }
}

const stateless = (look: Probe): OpenProbe => ({ look, async [Symbol.asyncDispose]() {} })

/** Over a connection of its own: it may be another server than the one that answers the calls. */
function openGrpcProbe(config: DaemonConfig, log: Log): OpenProbe {
  const usual = upstreamConfig(config, 'proto')
  const server = connectGrpcUpstream(
    {
      ...usual,
      endpoint: config.heartbeat_endpoint ?? config.service_endpoint,
      maxMessageBytes: MAX_ANSWER_BYTES,
      limits: { ...usual.limits, connectTimeoutMs: config.heartbeat_timeout, maxConnections: 1 },
    },
    // What it would warn of is what the heartbeat tells.
    { log: { ...log, warn: (message, fields) => log.debug(message, fields) } },
  )
  const timeoutMs = config.heartbeat_timeout
  const ask = (service: string, signal: AbortSignal) => askHealth(server, service, { timeoutMs, signal })
  return {
    look: probeByGrpc({ health: () => server.health(), ask }, config.service_id),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** One word is all that it says. */
const MAX_ANSWER_BYTES = 4 * 1024

function addressOf({ protocol, hostname, port, pathname }: URL): Parameters<typeof probeByTcp>[0] {
  if (protocol === 'unix:') return { path: decodeURIComponent(pathname) }
  const isTls = protocol === 'https:' || protocol === 'grpcs:'
  return { host: withoutBrackets(hostname), port: Number(port || (isTls ? 443 : 80)) }
}
