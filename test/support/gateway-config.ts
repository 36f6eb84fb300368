import { live } from '../../src/shared/live.js'
import type { GatewayConfig, UpstreamConfig } from '../../src/daemon/gateway/index.js'

/** A gateway on a free port with room for everything; name only what matters to the case. */
export const aGatewayConfig = (changes: Partial<GatewayConfig> = {}): GatewayConfig => ({
  endpoint: { host: '127.0.0.1', port: 0 },
  tls: undefined,
  serviceTimeoutMs: 10_000,
  maxMessageBytes: 4 * 1024 * 1024,
  clientStallMs: 10_000,
  maxCallsInFlight: 1_000,
  maxCallsWaiting: 1_000,
  maxStreamsPerConnection: 1_000,
  maxConnections: 1_000,
  split: undefined,
  dataPlane: DATA_PLANE,
  maxHeaderBytes: 32 * 1024,
  allowedOrigins: ['*'],
  firstMessageTimeoutMs: 10_000,
  own: { places: 1_000, timeoutMs: 10_000 },
  lasting: { inAll: 1_000, perConnection: 1_000 },
  training: someOwnBounds(),
  uploads: someOwnBounds(),
  clients: { trustedProxies: [], proxyProtocol: false, maxConnectionsPerClient: 1_000 },
  clientRate: live(undefined),
  lifetimes: {
    firstBytesTimeoutMs: 10_000,
    silenceMs: 8_000,
    unansweredMs: 60_000,
    idleTimeoutMs: 600_000,
    maxAgeMs: Infinity,
    ageGraceMs: 30_000,
    minPingIntervalMs: 0,
  },
  http2: { callWindowBytes: 256 * 1024, resetsPerSecond: 100, idleFramesPerSecond: 5_000 },
  unread: { bytes: 256 * 1024 * 1024, bytesPerConnection: 64 * 1024 * 1024 },
  maxQuotedBytes: 256 * 1024 * 1024,
  rate: live(undefined),
  payerRate: live(undefined),
  namedRates: live(undefined),
  ...changes,
})

/** Whose HTTP/2 is under test: the whole suite runs with either. */
export const DATA_PLANE: UpstreamConfig['dataPlane'] = process.env['DATA_PLANE'] === 'frames' ? 'frames' : 'node'

export type PoolLimits = UpstreamConfig['limits']

/** What the connections to the service are given; name only what matters to the case. */
export const somePoolLimits = (changes: Partial<PoolLimits> = {}): PoolLimits => ({
  connectTimeoutMs: 10_000,
  askAfterMs: [10_000],
  answerMs: 10_000,
  freshMs: 30_000,
  maxConnections: 16,
  ...changes,
})

/** What own services with places of their own are given. */
export const someOwnBounds = (changes: Partial<GatewayConfig['uploads']> = {}): GatewayConfig['uploads'] => ({
  places: { inAll: 1_000, perConnection: 1_000 },
  timeoutMs: 10_000,
  waiting: { max: 1_000, timeoutMs: 10_000 },
  maxMessageBytes: 4 * 1024 * 1024,
  stallMs: 10_000,
  ...changes,
})
