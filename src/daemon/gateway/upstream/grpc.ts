import { type SnetError, toSnetError } from '../../../shared/errors.js'
import { packageVersion } from '../../../shared/package.js'
import type { Log } from '../../observability/index.js'
import type { DataPlane } from '../data-plane.js'
import { exchange, type ExchangeLimits, type ExchangeTerms } from './exchange.js'
import type { Call } from '../call.js'
import { atMost } from '../messages.js'
import { openFramedSession } from './frames/session.js'
import { openNodeSession } from './node/session.js'
import { OutgoingHeaders } from './outgoing.js'
import { type PoolLimits, ServicePool } from './service-pool.js'
import { type ServiceTls, serviceAddress } from './service-address.js'
import { HTTP1_ONLY } from './service-status.js'
import { tlsFault } from './tls-fault.js'
import { passingOn, warnOfUnanswered } from './unanswered.js'
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
  const outgoing = new OutgoingHeaders({
    authority,
    scheme,
    contentType: `application/grpc+${encoding}`,
    userAgent: `snetd/${packageVersion()}`,
  })
  const pool = new ServicePool(address, limits, SESSIONS[dataPlane])
  const tell = warnOfUnanswered(log, shown)
  const send = (call: Call, terms: ExchangeTerms): Promise<void> => {
    // A call for which there is a connection goes out at once.
    try {
      const headers = outgoing.of(call)
      call.cancelled.throwIfAborted()
      const opened = pool.openNow(headers)
      if (opened) return exchange(opened, call, terms)
      const later = pool.open(headers, call.cancelled).catch(passingOn(tell))
      return later.then((opening) => exchange(opening, call, terms))
    } catch (refusal) {
      return Promise.reject(toSnetError(refusal))
    }
  }
  const lastTime = { judge: atMost(maxMessageBytes), stallMs, onFailure: tell, again: undefined }
  const terms: ExchangeTerms = { ...lastTime, again: (call) => send(call, lastTime) }
  return {
    forward: (call) => send(call, terms),
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
