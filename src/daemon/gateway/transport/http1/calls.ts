import type { Socket } from 'node:net'
import { HeaderList } from '../../header-list.js'
import { type IncomingConfig, type IncomingDeps, serveIncoming } from '../incoming.js'
import { connectionOn } from '../clients/index.js'
import type { FormOf } from '../web/index.js'
import type { Head } from './head.js'
import { Http1Outlet } from './outlet.js'
import { Http1Request } from './request.js'

export interface RequestsDeps extends IncomingDeps {
  readonly webForm: FormOf
}

/** What comes on a connection, from the head of a request on. */
export interface Exchange {
  readonly socket: Socket
  readonly head: Head
  /** What has come behind the head. */
  readonly ahead: Buffer
  /** Whether another request may follow. */
  readonly keepsAlive: () => boolean
}

/**
 * Serves a request if it is a call: undefined where it is none. Resolves after the answer with what came ahead of the
 * next request; with undefined where none can follow.
 */
export type OnRequest = (exchange: Exchange) => Promise<Buffer | undefined> | undefined

/** How long a client may go on with a request that has its answer. */
const LINGER_MS = 30_000
/** A client that has gone without a word is noticed after so long, and some seconds. */
const SILENCE_MS = 8_000

/** Makes calls of requests. */
export const serveRequests =
  (config: IncomingConfig, deps: RequestsDeps): OnRequest =>
  ({ socket, head, ahead, keepsAlive }) => {
    const form = deps.webForm(head.method, new HeaderList(head.raw))
    if (!form) return undefined
    socket.setKeepAlive(true, SILENCE_MS)
    if (head.waitsForWord) socket.write('HTTP/1.1 100 Continue\r\n\r\n')
    const request = new Http1Request(socket, head.body, ahead)
    const outlet = new Http1Outlet(socket, form, head, () => head.keepsAlive && keepsAlive())
    const gone = new Promise<void>((done) => outlet.onClose(done))
    const incoming = {
      ...{ form, path: head.target, raw: head.raw, outlet },
      connection: connectionOn(socket),
      openBody: (onMalformed: Parameters<Http1Request['open']>[0]) => request.open(onMalformed),
    }
    try {
      serveIncoming(incoming, config, deps)
    } catch (error) {
      deps.log.error('a call could not be answered', { error })
      socket.destroy()
    }
    return gone.then(() => request.rest(LINGER_MS)).then((next) => (head.keepsAlive ? next : undefined))
  }
