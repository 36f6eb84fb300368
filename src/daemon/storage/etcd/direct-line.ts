import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from 'node:http2'
import { connect as connectSocket, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { outlive } from '../../../shared/outlive.js'
import { Unanswered } from './faults.js'

/** What comes before each message: whether it is compressed, and its length. */
export const MESSAGE_HEAD_BYTES = 5

const MOST_ANSWER_BYTES = 64 * 1024 * 1024
const WINDOW_BYTES = 1024 * 1024
/** A connection that was silent for longer may be gone without a sign: the next question gets another one. */
const IDLE_MS = 10_000
/** No question takes as long. */
const LEFT_MS = 60_000

export interface Question {
  readonly path: string
  /** Behind `MESSAGE_HEAD_BYTES` that are free. */
  readonly request: Buffer
  /** Milliseconds since 1970. */
  readonly deadline: number
  readonly token: string | undefined
}

/** In place of the authorities of this system; what etcd is shown of us. */
interface LineTls {
  readonly ca?: Buffer
  readonly cert?: Buffer
  readonly key?: Buffer
}

/**
 * A way to one endpoint for questions that are bytes already. The library's takes half a millisecond of the processor for
 * each, which is more than the payments in it.
 */
export class DirectLine {
  readonly #endpoint: string
  readonly #tls: LineTls
  #session: ClientHttp2Session | undefined
  readonly #open = new Set<ClientHttp2Session>()
  #isClosed = false

  constructor(endpoint: string, tls: LineTls) {
    this.#endpoint = endpoint
    this.#tls = tls
  }

  /** Errors: `Unanswered`; what etcd says, in its words. */
  ask({ path, request, deadline, token }: Question): Promise<Buffer> {
    const timeoutMs = Math.max(1, Math.ceil(deadline - Date.now()))
    request.writeUInt8(0)
    request.writeUInt32BE(request.length - MESSAGE_HEAD_BYTES, 1)
    return new Promise((done, fail) => {
      const session = this.#connected()
      const stream = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        'grpc-timeout': `${timeoutMs}m`,
        ...(token !== undefined && { token }),
      })
      outlive(session, stream)
      const timer = setTimeout(() => {
        this.#leave(session)
        fail(new Unanswered('etcd does not answer'))
        stream.close(constants.NGHTTP2_CANCEL)
      }, timeoutMs)
      listen(stream, { done, fail, over: () => clearTimeout(timer) })
      stream.end(request)
    })
  }

  /** What is not answered yet fails. */
  close(): void {
    this.#isClosed = true
    for (const session of this.#open) session.destroy()
  }

  #connected(): ClientHttp2Session {
    if (this.#isClosed) throw new Unanswered('the connection is closed')
    const current = this.#session
    if (current && !current.closed && !current.destroyed) return current
    const session = connect(this.#endpoint, {
      settings: { initialWindowSize: WINDOW_BYTES, enablePush: false },
      createConnection: (url) => socketTo(url, this.#tls),
    })
    session.on('connect', () => session.setLocalWindowSize(WINDOW_BYTES))
    this.#open.add(session)
    this.#session = session
    session.setTimeout(IDLE_MS, () => this.#leave(session))
    // Its questions are told.
    session.on('error', () => undefined)
    session.on('close', () => this.#open.delete(session))
    return session
  }

  /** It ends once its questions are answered, and in the end in any case. */
  #leave(session: ClientHttp2Session): void {
    if (this.#session === session) this.#session = undefined
    if (session.connecting) return session.destroy()
    session.close()
    setTimeout(() => session.destroy(), LEFT_MS).unref()
  }
}

/** The library would name an address where TLS wants the name of a host. */
function socketTo({ protocol, hostname, port }: URL, tls: LineTls): Socket {
  const host = hostname.replace(/^\[|\]$/g, '')
  const isSecure = protocol === 'https:'
  const to = { host, port: Number(port || (isSecure ? 443 : 80)), noDelay: true }
  if (!isSecure) return connectSocket(to)
  return connectTls({ ...to, ...tls, ...(isIP(host) === 0 && { servername: host }), ALPNProtocols: ['h2'] })
}

interface Listener {
  readonly done: (answer: Buffer) => void
  readonly fail: (fault: Error) => void
  readonly over: () => void
}

function listen(stream: ClientHttp2Stream, { done, fail, over }: Listener): void {
  const chunks: Buffer[] = []
  let length = 0
  let status: IncomingHttpHeaders = {}
  let fault: Error | undefined
  const see = (headers: IncomingHttpHeaders): void => {
    status = headers
  }
  // An answer without a message has its status in the first headers.
  stream.on('response', see).on('trailers', see)
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    length += chunk.length
    if (length > MOST_ANSWER_BYTES) stream.destroy(new Error(`its answer has more than ${MOST_ANSWER_BYTES} bytes`))
  })
  stream.on('error', (error: Error) => {
    fault = error
  })
  stream.on('close', () => {
    over()
    const message = status['grpc-status'] === '0' ? messageIn(Buffer.concat(chunks)) : undefined
    if (message) done(message)
    else fail(faultOf(status, fault))
  })
}

/** Undefined where the bytes are not one message as a whole, uncompressed. */
const messageIn = (bytes: Buffer): Buffer | undefined =>
  bytes.length >= MESSAGE_HEAD_BYTES && bytes[0] === 0 && bytes.readUInt32BE(1) === bytes.length - MESSAGE_HEAD_BYTES
    ? bytes.subarray(MESSAGE_HEAD_BYTES)
    : undefined

function faultOf(status: IncomingHttpHeaders, cause: Error | undefined): Error {
  const said = status['grpc-message']
  if (typeof said === 'string' && said !== '') return new Error(said)
  return new Unanswered(cause?.message ?? 'the connection has ended without an answer', { cause })
}
