import { type ClientHttp2Session, connect } from 'node:http2'
import { onAbort } from '../abort.js'
import { SnetError } from '../errors.js'
import { explainConnectFault } from './connect-fault.js'
import { type CallExtras, callRaw } from './raw-call.js'

export interface Connection extends Disposable {
  /**
   * One call of any kind, in raw messages. The answers come as they arrive and are taken no faster than they are asked
   * for; what went wrong is thrown as a SnetError after the last of them.
   */
  call(
    path: string,
    messages: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    extras: CallExtras,
  ): AsyncIterable<Buffer>
}

const SETTINGS = { enablePush: false, maxHeaderListSize: 64 * 1024, initialWindowSize: 1 << 20 }

/**
 * A gRPC connection to HOST:PORT, in cleartext or with TLS by the system's roots, made with the first call. On HTTP/2
 * itself: the library's client unpacks compressed messages, which may be a thousand times as large, and cannot be told
 * not to.
 */
export function openConnection(endpoint: string, { tls }: { tls: boolean }): Connection {
  let session: Promise<ClientHttp2Session> | undefined
  const connect = async (signal: AbortSignal): Promise<ClientHttp2Session> => {
    const known = await session
    if (known && !known.closed && !known.destroyed) return known
    session = connectTo(endpoint, { tls, signal })
    session.catch(() => (session = undefined))
    return await session
  }
  return {
    call: (path, messages, extras) => callRaw({ endpoint, connected: connect }, path, messages, extras),
    [Symbol.dispose]: () => void session?.then((open) => open.destroy()).catch(() => undefined),
  }
}

function connectTo(
  endpoint: string,
  { tls, signal }: { tls: boolean; signal: AbortSignal },
): Promise<ClientHttp2Session> {
  return new Promise((done, fail) => {
    let session: ClientHttp2Session
    try {
      session = connect(`${tls ? 'https' : 'http'}://${endpoint}`, { settings: SETTINGS })
    } catch (cause) {
      return fail(new SnetError('invalid-request', `"${endpoint}" is not an endpoint`, { cause }))
    }
    const waiting = onAbort(signal, () => {
      session.destroy()
      fail(signal.reason as Error)
    })
    session.on('error', (cause) => fail(explainConnectFault(endpoint, cause)))
    session.once('close', () => {
      waiting[Symbol.dispose]()
      fail(explainConnectFault(endpoint, undefined))
    })
    // The peer's settings are its first word: whoever sends them speaks HTTP/2.
    session.once('remoteSettings', () => {
      waiting[Symbol.dispose]()
      done(session)
    })
  })
}
