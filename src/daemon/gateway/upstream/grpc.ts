import { type SnetError, toSnetError } from '../../../shared/errors.js'
import { packageVersion } from '../../../shared/package.js'
import { type Log, warnSeldom } from '../../observability/index.js'
import type { DataPlane } from '../data-plane.js'
import { UpstreamStatus } from '../failure.js'
import { exchange, type ExchangeLimits } from './exchange.js'
import { openFramedSession } from './frames/session.js'
import { openNodeSession } from './node/session.js'
import { outgoingHeaders } from './outgoing.js'
import { type PoolLimits, ServicePool } from './service-pool.js'
import { type ServiceTls, serviceAddress } from './service-address.js'
import { HTTP1_ONLY } from './service-status.js'
import { tlsFault } from './tls-fault.js'
import type { Upstream } from './upstream.js'

export interface UpstreamConfig extends ExchangeLimits {
  /** As `serviceAddress` takes it. */
  readonly endpoint: URL
  readonly tls?: ServiceTls | undefined
  readonly encoding: 'proto' | 'json'
  readonly limits: PoolLimits
  readonly dataPlane: DataPlane
}

const SESSIONS = { node: openNodeSession, frames: openFramedSession }

/** The service behind the gate. */
export function connectGrpcUpstream(
  { endpoint, tls, encoding, limits, maxMessageBytes, stallMs, dataPlane }: UpstreamConfig,
  { log }: { log: Log },
): Upstream {
  const address = serviceAddress(endpoint, tls)
  const { scheme, authority, shown } = address
  const outgoing = { authority, scheme, encoding, userAgent: `snetd/${packageVersion()}` } as const
  const pool = new ServicePool(address, limits, SESSIONS[dataPlane])
  const warn = warnSeldom(log)
  return {
    async forward(call) {
      const headers = outgoingHeaders(call, outgoing)
      try {
        await exchange(await pool.open(headers, call.cancelled), call, { maxMessageBytes, stallMs })
      } catch (fault) {
        const { kind, message } = toSnetError(fault)
        // Its own status is the service's business; that it has none is the operator's.
        if (kind === 'upstream-failed' && !(fault instanceof UpstreamStatus))
          warn('the service did not answer a call', { endpoint: shown, reason: message })
        throw fault
      }
    },
    async health() {
      try {
        await pool.hear()
        return { ok: true }
      } catch (fault) {
        return { ok: false, reason: reasonOf((fault as SnetError).cause) }
      }
    },
    async [Symbol.asyncDispose]() {
      pool.destroy()
    },
  }
}

/** In words for everybody. */
function reasonOf(cause: unknown): string {
  const { code, message } = (cause ?? {}) as Partial<NodeJS.ErrnoException>
  if (message === HTTP1_ONLY) return message
  const ofTls = tlsFault(cause)
  if (ofTls !== undefined) return ofTls
  return code === undefined ? 'it gives no sign of life' : `no connection: ${code}`
}
