import type { DaemonConfig } from '../settings/index.js'
import type { GatewayConfig } from './gateway/index.js'

/** Who clients are, and how long their connections last. */
export const clientLimits = (config: DaemonConfig): Pick<GatewayConfig, 'clients' | 'lifetimes'> => ({
  clients: {
    trustedProxies: config.trusted_proxies,
    proxyProtocol: config.proxy_protocol,
    maxConnectionsPerClient: config.max_connections_per_client,
  },
  lifetimes: {
    idleTimeoutMs: config.connection_idle_timeout,
    maxAgeMs: config.connection_max_age || Infinity,
    ageGraceMs: config.connection_max_age_grace,
    minPingIntervalMs: config.keepalive_min_interval,
  },
})
