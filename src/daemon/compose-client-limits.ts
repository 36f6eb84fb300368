import type { DaemonConfig } from '../settings/index.js'
import type { GatewayConfig, RateLimit } from './gateway/index.js'
import type { RunningSettings } from './running-settings.js'

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

/** Of all clients together, and of each. */
export const ratesOf = (settings: RunningSettings): Pick<GatewayConfig, 'rate' | 'clientRate'> => ({
  rate: settings.part(rateOf),
  clientRate: settings.part(({ rate_limit_per_client_per_minute: perMinute }) =>
    rateOf({ rate_limit_per_minute: perMinute, burst_size: undefined }),
  ),
})

/** Without a burst, what a minute allows may come at once: the reference's default of 2³¹ would be no limit at all. */
export const rateOf = ({
  rate_limit_per_minute: perMinute = 0,
  burst_size: burst = 0,
}: Pick<DaemonConfig, 'rate_limit_per_minute' | 'burst_size'>): RateLimit | undefined =>
  perMinute === 0 ? undefined : { perMinute, burst: burst || Math.max(1, Math.ceil(perMinute)) }
