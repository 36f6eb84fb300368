import {
  connectGrpcUpstream,
  startGateway,
  type Gateway,
  type GatewayConfig,
  type UpstreamConfig,
} from '../../../src/daemon/gateway/index.js'
import { createHealth, type Log } from '../../../src/daemon/observability/index.js'
import { messageOf } from '../../../src/shared/errors.js'
import { Lifecycle } from '../../../src/shared/lifecycle.js'
import { live } from '../../../src/shared/live.js'
import { FakePayments } from '../fake-payments.js'
import { aGatewayConfig, somePoolLimits } from '../gateway-config.js'
import { SHAPES } from '../planned-service.js'

export type DataPlane = UpstreamConfig['dataPlane']
export const PLANES: readonly DataPlane[] = ['frames', 'node']

/** Two gates with one kind of HTTP/2 in front of one service: calls are paid at the one and free at the other. */
export interface Plane extends AsyncDisposable {
  readonly paid: Gateway
  readonly free: Gateway
  readonly payments: FakePayments
  /** What the gates wrote into their log as errors. */
  readonly errors: string[]
}

const MAX_MESSAGE_BYTES = 4 * 1024 * 1024
/** No call of a fuzz is cut off for being slow. */
const PATIENCE_MS = 280_000

const PATIENT = { serviceTimeoutMs: PATIENCE_MS, clientStallMs: PATIENCE_MS, firstMessageTimeoutMs: PATIENCE_MS }

const methods = live({
  find(path: string) {
    const shape = SHAPES.find((one) => path === `/plan.Plan/${one}`)
    return (
      shape && {
        asksOnce: shape === 'Unary' || shape === 'Count',
        answersOnce: shape === 'Unary' || shape === 'Collect',
      }
    )
  },
})

/** @param onCall is told of each call that has begun */
export async function openPlane(
  dataPlane: DataPlane,
  endpoint: URL,
  onCall?: () => void,
  changes: Partial<GatewayConfig> = {},
): Promise<Plane> {
  const life = new Lifecycle()
  const payments = new FakePayments()
  const errors: string[] = []
  const log: Log = {
    ...{ debug: () => undefined, info: () => undefined, warn: () => undefined },
    error: (message, fields) => void errors.push(`${message} ${messageOf(fields?.['error'])}`),
  }
  const pause = {
    get isPaused() {
      onCall?.()
      return false
    },
  }
  const open = async (name: string, isPaid: boolean): Promise<Gateway> => {
    const limits = somePoolLimits()
    const shared = { dataPlane, maxMessageBytes: MAX_MESSAGE_BYTES }
    const upstream = await life.own(
      `upstream of ${name}`,
      connectGrpcUpstream({ ...shared, endpoint, encoding: 'proto', stallMs: PATIENCE_MS, limits }, { log }),
    )
    return await life.own(
      name,
      startGateway(aGatewayConfig({ ...shared, ...PATIENT, ...changes }), {
        ...{ upstream, methods, log, own: new Map(), pages: new Map(), pause },
        payments: isPaid ? payments : undefined,
        health: createHealth(),
      }),
    )
  }
  return {
    paid: await open('the paid gate', true),
    free: await open('the free gate', false),
    payments,
    errors,
    [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
  }
}
