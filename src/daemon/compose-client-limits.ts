import type { DaemonConfig } from '../settings/index.js'
import type { RateLimit } from '../shared/tokens.js'
import type { GatewayConfig, NamedRate } from './gateway/index.js'
import type { RunningSettings } from './running-settings.js'

/** Who clients are, how long their connections last, and what these may have of us. */
export const clientLimits = (config: DaemonConfig): Pick<GatewayConfig, 'clients' | 'lifetimes' | 'http2'> => ({
  clients: {
    trustedProxies: config.trusted_proxies,
    proxyProtocol: config.proxy_protocol,
    maxConnectionsPerClient: config.max_connections_per_client,
  },
  lifetimes: {
    firstBytesTimeoutMs: config.handshake_timeout,
    silenceMs: config.keepalive_interval,
    unansweredMs: config.keepalive_timeout,
    idleTimeoutMs: config.connection_idle_timeout,
    maxAgeMs: config.connection_max_age || Infinity,
    ageGraceMs: config.connection_max_age_grace,
    minPingIntervalMs: config.keepalive_min_interval,
  },
  http2: {
    callWindowBytes: config.max_unread_request_in_kb * 1024,
    resetsPerSecond: config.max_resets_per_second,
    idleFramesPerSecond: config.max_idle_frames_per_second,
  },
})

export type GatewayRates = Pick<GatewayConfig, 'rate' | 'clientRate' | 'payerRate' | 'namedRates'>

/** How many calls are let in: of all clients together, of each, of each payer, and of some methods. */
export const ratesOf = (settings: RunningSettings): GatewayRates => ({
  rate: settings.part(rateOf),
  clientRate: settings.part((config) => rateOf({ rate_limit_per_minute: config.rate_limit_per_client_per_minute })),
  payerRate: settings.part((config) => rateOf({ rate_limit_per_minute: config.rate_limit_per_payer_per_minute })),
  namedRates: settings.part(namedRates),
})

/** Without a burst, what a minute allows may come at once: the reference's default of 2³¹ would be no limit at all. */
export const rateOf = ({
  rate_limit_per_minute: perMinute = 0,
  burst_size: burst = 0,
}: Partial<Pick<DaemonConfig, 'rate_limit_per_minute' | 'burst_size'>>): RateLimit | undefined =>
  perMinute === 0 ? undefined : { perMinute, burst: burst || Math.max(1, Math.ceil(perMinute)) }

function namedRates({ rate_limits: limits }: DaemonConfig): readonly NamedRate[] | undefined {
  const rates = limits.flatMap(({ method: name, perMinute, burstSize }) => {
    const limit = rateOf({ rate_limit_per_minute: perMinute, burst_size: burstSize })
    return limit ? [{ name, limit }] : []
  })
  return rates.length > 0 ? rates : undefined
}
