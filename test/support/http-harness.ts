import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { parseDescriptors } from './parse-descriptors.js'
import {
  connectHttpUpstream,
  type Gateway,
  type HttpUpstreamConfig,
  startGateway,
} from '../../src/daemon/gateway/index.js'
import { createHealth } from '../../src/daemon/observability/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { live } from '../../src/shared/live.js'
import { RawClient } from './echo-service.js'
import { FakePayments } from './fake-payments.js'
import { aGatewayConfig } from './gateway-config.js'
import { quietLog } from './quiet-log.js'

export interface Arrived {
  readonly verb: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface HttpServiceUnderTest extends AsyncDisposable {
  readonly url: URL
  /** Requests in the order in which they came. */
  readonly arrived: Arrived[]
  /** How many connections have ended before their answer was whole. */
  readonly gone: number
}

/** A real HTTP service; `answer` says what it does with each request. */
export async function startHttpService(
  answer: (arrived: Arrived, response: ServerResponse, socket: Socket) => void,
): Promise<HttpServiceUnderTest> {
  const arrived: Arrived[] = []
  let gone = 0
  const server = createServer((request, response) => {
    response.on('close', () => (gone += response.writableFinished ? 0 : 1))
    void buffer(request).then(
      (body) => {
        const { method: verb = '', url = '', headers } = request
        const one = { verb, url, headers, body: body.toString('utf8') }
        arrived.push(one)
        answer(one, response, request.socket)
      },
      () => undefined,
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    arrived,
    get gone() {
      return gone
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** What JSON services answer. */
export const json = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

export interface HttpHarness extends AsyncDisposable {
  readonly payments: FakePayments
  readonly gateway: Gateway
  readonly client: RawClient
  readonly log: string[]
  health(): Promise<{ ok: boolean; reason?: string | undefined }>
  /** The bytes of a request of the method. */
  encode(method: string, request: unknown): Buffer
  /** The JSON in an answer of the method. */
  decode(method: string, message: Buffer | undefined): unknown
}

/** A gateway in front of an HTTP service whose API the proto file declares, and a client of it. */
export async function openHttpHarness(
  proto: string,
  config: Partial<HttpUpstreamConfig> & Pick<HttpUpstreamConfig, 'endpoint'>,
): Promise<HttpHarness> {
  const life = new Lifecycle()
  const log: string[] = []
  const { methods } = parseDescriptors(new Map([['api.proto', proto]]))
  const maxMessageBytes = config.maxMessageBytes ?? 4 * 1024 * 1024
  const payments = new FakePayments()
  const translated = { find: (path: string) => methods.get(path), paths: [...methods.keys()] }
  const upstream = await life.own(
    'upstream',
    connectHttpUpstream(
      { encoding: 'proto', credentials: [], stallMs: 10_000, maxBytes: 2 ** 30, ...config, maxMessageBytes },
      { log: quietLog(log), methods: live(translated) },
    ),
  )
  const traits = (path: string) => {
    const method = methods.get(path)
    return method && { asksOnce: !method.requestStream, answersOnce: !method.responseStream }
  }
  const gateway = await life.own(
    'gateway',
    startGateway(aGatewayConfig({ maxMessageBytes }), {
      payments,
      upstream,
      own: new Map(),
      methods: live({ find: traits }),
      pause: { isPaused: false },
      health: createHealth(),
      pages: new Map(),
      log: quietLog(log),
    }),
  )
  const client = new RawClient(gateway.address)
  return {
    ...{ payments, gateway, client, log },
    health: () => upstream.health(),
    encode: (method, request) => methods.get(method)?.request.fromJson(request) ?? Buffer.alloc(0),
    decode: (method, message) => message && methods.get(method)?.response.toJson(message),
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]()
      await life[Symbol.asyncDispose]()
    },
  }
}
