import {
  type Metadata,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js'
import { SnetError } from '../../src/shared/errors.js'
import { type InfraCalls, type InfraStreams, loadInfraService } from '../../src/shared/wire/index.js'
import { toServiceError } from '../../src/shared/wire/grpc/index.js'

type Updates<T> = AsyncIterable<T> | Iterable<T>
/** What the host answers, by method; any other method is `wrong-state`. */
export type HostAnswers = {
  [Name in keyof InfraCalls]?: (request: InfraCalls[Name][0]) => InfraCalls[Name][1] | Promise<InfraCalls[Name][1]>
} & {
  [Name in keyof InfraStreams]?: (request: InfraStreams[Name][0], signal: AbortSignal) => Updates<InfraStreams[Name][1]>
}

export interface ControlHost extends AsyncDisposable {
  /** HOST:PORT. */
  readonly address: string
  /** What was asked, in order. */
  readonly asked: { readonly method: string; readonly request: unknown; readonly authorization: string | undefined }[]
  /** Replaces some of the answers. */
  answer(changes: HostAnswers): void
}

export interface HostTls {
  readonly cert: Buffer
  readonly key: Buffer
  /** Clients must have a certificate of this authority. */
  readonly ca?: Buffer
}

/** A control daemon of few words, on a free port of 127.0.0.1 where none is named. */
export async function startControlHost(
  answers: HostAnswers = {},
  { tls, port: wanted = 0 }: { tls?: HostTls; port?: number } = {},
): Promise<ControlHost> {
  const known: HostAnswers = { ...answers }
  const asked: ControlHost['asked'] = []
  const { service } = loadInfraService()
  const find: Find = (method, { request, metadata }) => {
    asked.push({ method, request, authorization: metadata.get('authorization')[0]?.toString() })
    const answer = known[method as keyof HostAnswers] as Answer | undefined
    if (!answer) throw new SnetError('wrong-state', `this host knows no ${method}`)
    return answer
  }
  const handlers = Object.entries(service).map(([method, { responseStream }]) => [
    method,
    responseStream ? streaming(method, find) : unary(method, find),
  ])
  const server = new Server()
  server.addService(service, Object.fromEntries(handlers))
  const port = await new Promise<number>((done, fail) =>
    server.bindAsync(`127.0.0.1:${wanted}`, credentialsOf(tls), (error, bound) => (error ? fail(error) : done(bound))),
  )
  return {
    address: `127.0.0.1:${port}`,
    asked,
    answer: (changes) => void Object.assign(known, changes),
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  }
}

type Answer = (request: unknown, signal?: AbortSignal) => unknown
type Find = (method: string, call: { request: unknown; metadata: Metadata }) => Answer

const unary =
  (method: string, find: Find) =>
  async (call: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>): Promise<void> => {
    try {
      done(null, await find(method, call)(call.request))
    } catch (fault) {
      done(toServiceError(fault))
    }
  }

const streaming =
  (method: string, find: Find) =>
  async (call: ServerWritableStream<unknown, unknown>): Promise<void> => {
    const gone = new AbortController()
    call.on('cancelled', () => gone.abort())
    try {
      for await (const update of find(method, call)(call.request, gone.signal) as Updates<unknown>) call.write(update)
      call.end()
    } catch (fault) {
      call.emit('error', toServiceError(fault))
    }
  }

function credentialsOf(tls: HostTls | undefined): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure()
  const pair = { cert_chain: tls.cert, private_key: tls.key }
  return ServerCredentials.createSsl(tls.ca ?? null, [pair], tls.ca !== undefined)
}

/** A stream that has said all it knows and goes on until its reader leaves. */
export async function* lasting<T>(signal: AbortSignal, ...updates: readonly T[]): AsyncGenerator<T> {
  yield* updates
  if (!signal.aborted) await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }))
}
