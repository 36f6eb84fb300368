import { Agent as PlainAgent, type IncomingMessage, request } from 'node:http'
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2'
import { Agent as TlsAgent, request as requestTls } from 'node:https'
import type { Readable } from 'node:stream'
import { framed } from './by-hand.js'

export type WebHeaders = Readonly<Record<string, string>>

export interface WebCall {
  readonly text?: boolean
  readonly headers?: WebHeaders
}

export interface WebAnswer {
  readonly httpStatus: number
  readonly headers: IncomingHttpHeaders
  readonly messages: readonly Buffer[]
  /** Of the last frame; undefined where the answer was nothing but a head. */
  readonly trailers: Readonly<Record<string, string>> | undefined
  readonly code: number
  readonly message: string
}

/** A request whose answer comes as it comes. */
export interface OpenedCall {
  readonly head: Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders }>
  readonly body: AsyncIterable<Buffer>
  write(bytes: Uint8Array | string): boolean
  end(bytes?: Uint8Array | string): void
  /** What a page does that has heard enough. */
  abort(): void
}

export interface WebClient extends Disposable {
  /** A whole call with these messages, and what came back. */
  call(path: string, messages: readonly Uint8Array[], options?: WebCall): Promise<WebAnswer>
  /** The head of a request, as it is told. */
  open(path: string, headers: WebHeaders, method?: string): OpenedCall
}

const typeOf = (isText = false): string => `application/grpc-web${isText ? '-text' : ''}+proto`

/** A client of gRPC-Web without a browser, over one version of HTTP. */
export function openWebClient(url: string, version: 1 | 2, ca?: Buffer): WebClient {
  const { open, close } = version === 1 ? overHttp1(url, ca) : overHttp2(url, ca)
  return {
    open,
    async call(path, messages, { text = false, headers = {} } = {}) {
      const call = open(path, { 'content-type': typeOf(text), 'x-grpc-web': '1', ...headers })
      const body = Buffer.concat(messages.map((message) => framed(message)))
      call.end(text ? body.toString('base64') : body)
      const { status, headers: told } = await call.head
      const parts: Buffer[] = []
      for await (const part of call.body) parts.push(part)
      return readAnswer(status, told, text ? fromBase64(Buffer.concat(parts)) : Buffer.concat(parts))
    },
    [Symbol.dispose]: close,
  }
}

type Way = Pick<WebClient, 'open'> & { readonly close: () => void }

function overHttp1(url: string, ca: Buffer | undefined): Way {
  const agent = ca
    ? new TlsAgent({ keepAlive: true, ca, ALPNProtocols: ['http/1.1'] })
    : new PlainAgent({ keepAlive: true })
  return {
    open(path, headers, method = 'POST') {
      const sent = (ca ? requestTls : request)(`${url}${path}`, { method, headers, agent })
      sent.on('error', () => undefined)
      const answered = new Promise<IncomingMessage>((done, fail) => sent.on('response', done).on('error', fail))
      return {
        head: unheard(answered.then(({ statusCode = 0, headers: told }) => ({ status: statusCode, headers: told }))),
        body: piecesOf(unheard(answered)),
        write: (bytes) => sent.write(bytes),
        end: (bytes) => void sent.end(bytes),
        abort: () => void sent.destroy(),
      }
    },
    close: () => agent.destroy(),
  }
}

function overHttp2(url: string, ca: Buffer | undefined): Way {
  let session: ClientHttp2Session | undefined
  return {
    open(path, headers, method = 'POST') {
      session ??= connect(url, { ...(ca && { ca }) }).on('error', () => undefined)
      const stream = session.request({ ...headers, ':method': method, ':path': path })
      stream.on('error', () => undefined)
      const told = new Promise<IncomingHttpHeaders>((done, fail) => {
        stream.on('response', done).on('close', () => fail(new Error('the stream ended without an answer')))
      })
      return {
        head: unheard(told.then((block) => ({ status: Number(block[':status']), headers: block }))),
        body: piecesOf(unheard(told.then(() => stream))),
        write: (bytes) => stream.write(bytes),
        end: (bytes) => void stream.end(bytes),
        abort: () => stream.close(8),
      }
    },
    close: () => session?.destroy(),
  }
}

/** A promise whose failure nobody may ask for. */
function unheard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

async function* piecesOf(stream: Promise<Readable>): AsyncGenerator<Buffer> {
  for await (const piece of await stream) yield piece as Buffer
}

/** Of text that was written in parts, each with a padding of its own. */
export const fromBase64 = (text: Buffer): Buffer =>
  Buffer.concat((text.toString('latin1').match(/.{4}/g) ?? []).map((group) => Buffer.from(group, 'base64')))

/** Every frame of an answer: the messages, and the lines of the trailers. */
export function readFrames(body: Buffer): Pick<WebAnswer, 'messages' | 'trailers'> {
  const messages: Buffer[] = []
  for (let at = 0; at < body.length; at += 5 + body.readUInt32BE(at + 1)) {
    const content = body.subarray(at + 5, at + 5 + body.readUInt32BE(at + 1))
    if (body[at] === 0) messages.push(content)
    else return { messages, trailers: linesOf(content.toString('latin1')) }
  }
  return { messages, trailers: undefined }
}

const linesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\r\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )

function readAnswer(httpStatus: number, headers: IncomingHttpHeaders, body: Buffer): WebAnswer {
  const frames = readFrames(body)
  const status = headers['grpc-status'] === undefined ? (frames.trailers ?? {}) : headers
  return {
    ...{ httpStatus, headers, ...frames },
    code: Number(status['grpc-status']),
    message: decodeURIComponent(String(status['grpc-message'] ?? '')),
  }
}
