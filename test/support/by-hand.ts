import { type ClientHttp2Session, connect } from 'node:http2'

/** Header lines of a call; a list of values is as many lines of one name. */
export type HeaderLines = Readonly<Record<string, string | readonly string[]>>

export interface ByHand {
  readonly path: string
  readonly headers?: HeaderLines
  /** Bytes after the headers; the request is half-closed behind them. */
  readonly body?: Uint8Array
}

/** What came back, wherever gRPC put it. */
export interface Outcome {
  readonly httpStatus: number
  readonly code: number
  readonly text: string
  readonly trailers: Readonly<Record<string, unknown>>
  /** Bytes of the answer. */
  readonly body: Buffer
}

/** HTTP/2 without a gRPC library, which would mend or refuse what a test wants to send. */
export async function connectByHand(endpoint: string): Promise<ClientHttp2Session> {
  const session = connect(`http://${endpoint}`)
  session.on('error', () => undefined)
  await new Promise<void>((done, fail) => session.once('connect', () => done()).once('error', fail))
  return session
}

/** One gRPC call, made of exactly these headers and bytes. */
export function callByHand(
  session: ClientHttp2Session,
  { path, headers = {}, body = new Uint8Array() }: ByHand,
): Promise<Outcome> {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...(headers as Record<string, string | string[]>),
  })
  const parts: Buffer[] = []
  let told: Record<string, string | string[] | number | undefined> = {}
  return new Promise((done, fail) => {
    stream.on('response', (block) => (told = { ...block }))
    stream.on('trailers', (block) => (told = { ...told, ...block }))
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('error', fail)
    stream.on('close', () =>
      done({
        httpStatus: Number(told[':status']),
        code: Number(told['grpc-status']),
        text: decodeURIComponent((told['grpc-message'] as string | undefined) ?? ''),
        trailers: told,
        body: Buffer.concat(parts),
      }),
    )
    stream.end(body)
  })
}

/** A message with its prefix: flag and length. */
export function framed(message: Uint8Array, length = message.length): Buffer {
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(length, 1)
  return Buffer.concat([prefix, message])
}

/** Header lines of metadata that holds bytes under `-bin` names. */
export const asLines = (headers: Readonly<Record<string, string | Uint8Array>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : Buffer.from(value).toString('base64'),
    ]),
  )
