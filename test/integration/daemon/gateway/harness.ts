import { Metadata } from '@grpc/grpc-js'
import {
  connectGrpcUpstream,
  type Gateway,
  type GatewayConfig,
  type PublishedMethods,
  startGateway,
  type Upstream,
} from '../../../../src/daemon/gateway/index.js'
import { createHealth, type Health, type Log, type Traces } from '../../../../src/daemon/observability/index.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { live } from '../../../../src/shared/live.js'
import type { OpenTokens } from '../../../../src/shared/tokens.js'
import type { OwnMethod } from '../../../../src/shared/wire/index.js'
import { echoMethods, type EchoService, RawClient, startEchoService } from '../../../support/echo-service.js'
import { FakePayments } from '../../../support/fake-payments.js'
import { aGatewayConfig, DATA_PLANE, type PoolLimits, somePoolLimits } from '../../../support/gateway-config.js'
import { quietLog } from '../../../support/quiet-log.js'

export interface Harness extends AsyncDisposable {
  readonly service: EchoService
  readonly payments: FakePayments
  readonly gateway: Gateway
  readonly upstream: Upstream
  readonly health: Health
  readonly client: RawClient
  readonly log: string[]
}

export interface HarnessOptions {
  readonly url?: URL
  /** In place of a gRPC service. */
  readonly openUpstream?: (config: { maxMessageBytes: number; stallMs: number }, deps: { log: Log }) => Upstream
  readonly config?: Partial<GatewayConfig>
  readonly limits?: Partial<PoolLimits>
  readonly stallMs?: number
  readonly own?: readonly OwnMethod[]
  readonly health?: Health
  /** Of the echo service by default. */
  readonly methods?: PublishedMethods
  readonly pause?: { readonly isPaused: boolean }
  readonly onLimited?: (kind: string) => void
  readonly onConnectionLimit?: (limit: string) => void
  readonly openTokens?: OpenTokens
  readonly tracing?: { readonly traces: Traces; readonly trustsClients: boolean }
}

/** A gateway in front of the echo service (or of `url`), and a client of it. */
export async function openHarness({
  url,
  openUpstream,
  config,
  limits,
  stallMs = 10_000,
  own = [],
  health = createHealth(),
  methods = echoMethods,
  pause = { isPaused: false },
  ...further
}: HarnessOptions = {}): Promise<Harness> {
  const life = new Lifecycle()
  const log: string[] = []
  const maxMessageBytes = config?.maxMessageBytes ?? 4 * 1024 * 1024
  const service = await life.own('service', startEchoService())
  const payments = new FakePayments()
  const upstream = await life.own(
    'upstream',
    openUpstream?.({ maxMessageBytes, stallMs }, { log: quietLog(log) }) ??
      connectGrpcUpstream(
        {
          endpoint: url ?? service.url,
          encoding: 'proto',
          maxMessageBytes,
          stallMs,
          dataPlane: DATA_PLANE,
          limits: somePoolLimits(limits),
        },
        { log: quietLog(log) },
      ),
  )
  const gateway = await life.own(
    'gateway',
    startGateway(aGatewayConfig({ maxMessageBytes, ...config }), {
      payments,
      upstream,
      own: new Map(own.map((method) => [method.path, method])),
      methods: live(methods),
      pause,
      health,
      pages: new Map([['encoding', async () => ({ type: 'text/plain', body: 'proto\n' })]]),
      log: quietLog(log),
      ...further,
    }),
  )
  const client = new RawClient(gateway.address)
  return {
    service,
    payments,
    gateway,
    upstream,
    health,
    client,
    log,
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]()
      await life[Symbol.asyncDispose]()
    },
  }
}

/** Headers of some escrow payment, as metadata. */
export function paid(more: Record<string, string | Buffer> = {}): Metadata {
  const metadata = new Metadata()
  const headers = {
    'snet-payment-type': 'escrow',
    'snet-payment-channel-id': '7',
    'snet-payment-channel-nonce': '3',
    'snet-payment-channel-amount': '10',
    'snet-payment-channel-signature-bin': Buffer.alloc(65, 1),
    ...more,
  }
  for (const [name, value] of Object.entries(headers)) metadata.add(name, value)
  return metadata
}
