import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import type { ServerResponse } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { createServer as createTlsServer } from 'node:https'
import { gzipSync } from 'node:zlib'
import { compressionAlgorithms, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificates } from '../../../support/certificates.js'
import { RawClient } from '../../../support/echo-service.js'
import {
  type Arrived,
  type HttpHarness,
  type HttpServiceUnderTest,
  json,
  openHttpHarness,
  startHttpService,
} from '../../../support/http-harness.js'
import { until } from '../../../support/until.js'
import { paid } from './harness.js'

const PROTO = `syntax = "proto3"; package calc;
  message Numbers { int64 a = 1; int64 b = 2; string note = 3; bytes raw = 4; repeated string tags = 5; }
  message Sum { int64 value = 1; string note = 2; bytes raw = 3; }
  message Word { string text = 1; } message Price { uint64 price = 1; }
  service Calculator {
    rpc add(Numbers) returns (Sum); rpc count(Numbers) returns (stream Sum); rpc collect(stream Numbers) returns (Sum);
    rpc name(Numbers) returns (Sum); rpc price(Numbers) returns (Price);
  }
  service Other { rpc name(Word) returns (Word); }`
const ADD = '/calc.Calculator/add'
const COUNT = '/calc.Calculator/count'
const HELP =
  '\nAbout error & possible fixes: https://dev.singularitynet.io/docs/products/DecentralizedAIPlatform/Daemon/error-codes/#_'

type Behaviour = (arrived: Arrived, response: ServerResponse) => void

/** What the service does with the next requests. */
let behave: Behaviour
const addition: Behaviour = ({ body }, response) => {
  const { a = '0', b = '0' } = JSON.parse(body) as { a?: string; b?: string }
  json(response, { value: String(BigInt(a) + BigInt(b)) })
}
let service: HttpServiceUnderTest
let h: HttpHarness
const CREDENTIALS = [
  { key: 'api_key', value: 'q&1', location: 'query' },
  { key: 'n', value: 5, location: 'query' },
  { key: 'X-Api-Key', value: 'h1', location: 'header' },
  { key: 'z_secret', value: { deep: [1] }, location: 'body' },
  { key: 'a', value: '7', location: 'body' },
] as const

beforeAll(async () => {
  service = await startHttpService((arrived, response) => behave(arrived, response))
  h = await openHttpHarness(PROTO, { endpoint: new URL('/base/?v=2', service.url), maxMessageBytes: 1024 * 1024 })
})
afterAll(async () => {
  await h[Symbol.asyncDispose]()
  await service[Symbol.asyncDispose]()
})

const call = async (request: unknown = {}, path = ADD, harness = h) => {
  const before = harness.payments.committed
  const answer = await harness.client.call(path, [harness.encode(path, request)], { metadata: paid() })
  return {
    ...answer,
    json: answer.messages.map((one) => harness.decode(path, one)),
    paid: harness.payments.committed - before,
  }
}

describe('a call', () => {
  test('is one request: its message as JSON, below the path and after the query of the endpoint', async () => {
    behave = addition
    expect(await call({ b: '9007199254740993', a: 1, note: 'ü' })).toMatchObject({
      code: status.OK,
      json: [{ value: '9007199254740994' }],
      paid: 1,
    })
    expect(service.arrived.at(-1)).toMatchObject({
      verb: 'POST',
      url: '/base/add?v=2',
      body: '{"a":"1","b":"9007199254740993","note":"ü"}',
      headers: { 'content-type': 'application/json' },
    })
  })

  test('brings no header of the client to the service (defect 30)', async () => {
    behave = addition
    const metadata = paid({ 'x-mine': 'yes', 'snet-user-address': '0x00', authorization: 'Bearer mine' })
    await h.client.call(ADD, [Buffer.alloc(0)], { metadata })
    const { headers } = service.arrived.at(-1) as Arrived
    const known = ['accept', 'connection', 'content-length', 'content-type', 'host', 'user-agent']
    expect(Object.keys(headers).filter((name) => !known.includes(name))).toEqual([])
  })

  test('of a method whose name two services have is told apart by its path, and read by its own message (defect 40)', async () => {
    behave = ({ url, body }, response) =>
      url.startsWith('/base/calc.Other.') ? json(response, JSON.parse(body)) : addition({ body } as Arrived, response)
    expect((await call({ text: 'hello' }, '/calc.Other/name')).json).toEqual([{ text: 'hello' }])
    expect((await call({ a: 2 }, '/calc.Calculator/name')).json).toEqual([{ value: '2' }])
    expect(service.arrived.slice(-2).map(({ url }) => url)).toEqual([
      '/base/calc.Other.name?v=2',
      '/base/calc.Calculator.name?v=2',
    ])
  })

  test('of a method that nobody publishes does not reach the service (defect 40)', async () => {
    const before = service.arrived.length
    for (const path of ['/calc.Missing/add', '/add', '/calc.Calculator/add/more', '/calc.Calculator/../add'])
      expect(await call({}, path)).toMatchObject({ code: status.UNIMPLEMENTED, paid: 0 })
    expect(service.arrived).toHaveLength(before)
  })

  test('takes the first message of several, as the reference', async () => {
    behave = addition
    const messages = [h.encode(ADD, { a: 1 }), h.encode(ADD, { a: 2 })]
    const { code, messages: answers } = await h.client.call('/calc.Calculator/collect', messages, { metadata: paid() })
    expect([code, h.decode(ADD, answers[0])]).toEqual([status.OK, { value: '1' }])
  })

  test('may be compressed', async () => {
    behave = addition
    using client = new RawClient(h.gateway.address, {
      'grpc.default_compression_algorithm': compressionAlgorithms.gzip,
    })
    expect((await client.call(ADD, [h.encode(ADD, { a: 3 })], { metadata: paid() })).code).toBe(status.OK)
    expect(service.arrived.at(-1)?.body).toBe('{"a":"3"}')
  })

  test('that is no message of the method is refused, and costs nothing', async () => {
    const { code, details } = await h.client.call(ADD, [Buffer.from([0xff])], { metadata: paid() })
    expect([code, details]).toEqual([status.INTERNAL, `protoToJson error: ${HELP}3`])
    expect(h.payments.open).toBe(0)
  })
})

describe('credentials', () => {
  test('go into query, header and body; what is no text stays out of query and header', async () => {
    await using one = await openHttpHarness(PROTO, { endpoint: service.url, credentials: CREDENTIALS })
    expect(one.log).toEqual([expect.stringContaining('left out')])
    behave = addition
    const { json: answer } = await call({ a: 1, b: 2, note: 'mine' }, ADD, one)
    // The client's own `a` does not count.
    expect(answer).toEqual([{ value: '9' }])
    expect(service.arrived.at(-1)).toMatchObject({
      url: '/add?api_key=q%261',
      body: '{"a":"7","b":"2","note":"mine","z_secret":{"deep":[1]}}',
      headers: { 'x-api-key': 'h1' },
    })
  })

  test.each([
    ['a name that is none', 'x y', 'v'],
    ['a value of two lines', 'x', 'a\r\nb: c'],
    ['a header of the connection', 'Transfer-Encoding', 'chunked'],
  ])('with %s end the start', async (_what, key, value) => {
    const credentials = [{ key, value, location: 'header' as const }]
    await expect(openHttpHarness(PROTO, { endpoint: service.url, credentials })).rejects.toThrow(
      `invalid service_credentials: "${key}"`,
    )
  })

  test('of the URL are sent as Basic', async () => {
    const endpoint = new URL(service.url)
    endpoint.username = 'me'
    endpoint.password = 'p:w'
    await using one = await openHttpHarness(PROTO, { endpoint })
    behave = addition
    await call({}, ADD, one)
    expect(service.arrived.at(-1)?.headers.authorization).toBe(`Basic ${Buffer.from('me:p:w').toString('base64')}`)
  })
})

describe('an answer', () => {
  const cases: [what: string, behaviour: Behaviour, code: number, details: string | RegExp][] = [
    ['of another status', (_a, r) => json(r, { why: 'no' }, 404), 14, `upstream http status 404: {"why":"no"}${HELP}1`],
    [
      'that leads elsewhere',
      (_a, r) => r.writeHead(307, { location: '/add' }).end(),
      14,
      `upstream http status 307: ${HELP}1`,
    ],
    [
      'of status 500 without an end',
      (_a, r) => r.writeHead(500).write('x'.repeat(70_000)),
      14,
      /^upstream http status 500: x{499}…/,
    ],
    [
      'that is no JSON',
      (_a, r) => r.end('<html>'),
      13,
      /^jsonToProto error: invalid proto, can't convert json to proto msg: .*#_3$/s,
    ],
    ['that is empty', (_a, r) => r.end(), 13, /^jsonToProto error: /],
    ['that is not UTF-8', (_a, r) => r.end(Buffer.from('{"note":"\xff"}', 'latin1')), 13, /^jsonToProto error: /],
    ['of another message', (_a, r) => json(r, { value: 'many' }), 13, /value must be a whole number of 64 bits/],
    ['that is a list', (_a, r) => json(r, [{ value: 1 }]), 13, /must be an object of Sum/],
    [
      'compressed, unasked',
      (_a, r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')),
      13,
      /^error reading response from HTTP service: it is compressed/,
    ],
    [
      'shorter than it says',
      (_a, r) => r.writeHead(200, { 'content-length': 99 }).write('{"value":', () => r.destroy()),
      13,
      `error reading response from HTTP service: aborted${HELP}1`,
    ],
    [
      'that breaks off in a chunk',
      (_a, r) => r.write('{"value":1}', () => r.destroy()),
      13,
      /^error reading response from HTTP service: /,
    ],
    [
      'that does not come: the connection is closed',
      (_a, r) => r.destroy(),
      13,
      /^error executing HTTP service: .*#_1$/s,
    ],
  ]
  test.each(cases)('%s is an error, and costs nothing', async (_what, behaviour, code, details) => {
    behave = behaviour
    const answer = await call({ a: 1 })
    expect(answer).toMatchObject({ code, messages: [], paid: 0 })
    if (typeof details === 'string') expect(answer.details).toBe(details)
    else expect(answer.details).toMatch(details)
    expect(h.payments.open).toBe(0)
  })

  test('longer than it says is cut where it said, and what follows it answers no other call', async () => {
    behave = (_a, response) => {
      response.socket?.write(
        'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"value":1}{"value":2}HTTP/1.1 200 OK\r\n\r\n',
      )
    }
    await call()
    behave = addition
    expect(await call({ a: 5 })).toMatchObject({ json: [{ value: '5' }] })
  })

  test('of 204 without a body is an empty message', async () => {
    behave = (_a, response) => response.writeHead(204).end()
    expect(await call()).toMatchObject({ code: status.OK, json: [{}], paid: 1 })
  })

  test('counts whatever its content type says, and without what the proto file does not know', async () => {
    behave = (_a, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('{"value": 3, "more": {"x": 1}}')
    expect(await call()).toMatchObject({ code: status.OK, json: [{ value: '3' }] })
  })

  test('keeps each digit of a number beyond 2^53', async () => {
    behave = (_a, response) => response.end('{"value": 9223372036854775807}')
    expect((await call()).json).toEqual([{ value: '9223372036854775807' }])
  })

  test('that never comes ends with the deadline, and the service learns of it', async () => {
    behave = () => undefined
    const [before, arrived] = [service.gone, service.arrived.length]
    const deadline = new Date(Date.now() + 300)
    const { code } = await h.client.call(ADD, [Buffer.alloc(0)], { metadata: paid(), deadline })
    expect(code).toBe(status.DEADLINE_EXCEEDED)
    await until('the request has come', () => service.arrived.length > arrived)
    await until('the service has lost its client', () => service.gone > before)
    await until('the payment is released', () => h.payments.open === 0)
  })

  test('that nobody waits for any more is cancelled at the service', async () => {
    behave = (_a, response) => void response.write('{"value":')
    const [before, arrived] = [service.gone, service.arrived.length]
    const stop = new AbortController()
    const answered = h.client.call(ADD, [Buffer.alloc(0)], { metadata: paid(), signal: stop.signal })
    await until('the request has come', () => service.arrived.length > arrived)
    stop.abort()
    expect((await answered).code).toBe(status.CANCELLED)
    await until('the service has lost its client', () => service.gone > before)
    await until('the payment is released', () => h.payments.open === 0)
  })
})

describe('messages of size', () => {
  const MB = 1024 * 1024

  test('1 MB goes both ways', async () => {
    behave = ({ body }, response) => json(response, { raw: (JSON.parse(body) as { raw: string }).raw })
    const raw = Buffer.alloc(MB - 64, 7).toString('base64')
    const answer = await call({ raw })
    expect(answer).toMatchObject({ code: status.OK, paid: 1 })
    expect(answer.json).toEqual([{ raw }])
  })

  test('a request beyond max_message_size_in_mb does not reach the service', async () => {
    const before = service.arrived.length
    const answer = await call({ raw: Buffer.alloc(MB + 1).toString('base64') })
    expect(answer).toMatchObject({ code: status.RESOURCE_EXHAUSTED, paid: 0 })
    expect(service.arrived).toHaveLength(before)
  })

  test('an answer of 100 MB is given up at the limit, whether its length is told or not', async () => {
    for (const headers of [{ 'content-length': 100 * MB }, {}]) {
      let written = 0
      behave = (_a, response) => {
        const chunk = Buffer.alloc(MB, ' ')
        response.writeHead(200, headers)
        const pump = (): void => {
          while (written < 100 && !response.destroyed) {
            written++
            if (!response.write(chunk)) return void response.once('drain', pump)
          }
          response.end()
        }
        pump()
      }
      expect(await call()).toMatchObject({ code: status.RESOURCE_EXHAUSTED, messages: [], paid: 0 })
      expect(written).toBeLessThan(50)
    }
  })

  test('an answer whose message is beyond the limit is refused', async () => {
    behave = (_a, response) => json(response, { note: 'x'.repeat(MB + 1) })
    expect(await call()).toMatchObject({ code: status.RESOURCE_EXHAUSTED, messages: [], paid: 0 })
  })
})

describe('a stream', () => {
  const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8' }

  test.each([
    ['a line each', {}, '{"value":1}\n{"value":2}\r\n\n{"value":3}'],
    ['values of any layout', {}, '{\n "value": 1\n}{"value": 2, "note": "}{"}\x1e{"value":3}\n'],
    [
      'events',
      EVENTS,
      'data: {"value":1}\n\n: hello\nid: 5\ndata: {"value":\ndata: 2}\r\n\r\ndata:{"value":3}\n\ndata: [DONE]\n\n',
    ],
    [
      'events, the last of which has no empty line',
      EVENTS,
      'data: {"value":1}\n\ndata: {"value":2}\n\ndata: {"value":3}',
    ],
  ])('comes as %s, in chunks of any size', async (_what, headers, body) => {
    for (const size of [1, 7, 1_000]) {
      behave = (_a, response) => {
        response.writeHead(200, headers)
        for (let at = 0; at < body.length; at += size) response.write(body.slice(at, at + size))
        response.end()
      }
      const answer = await call({}, COUNT)
      expect(answer.json).toMatchObject([{ value: '1' }, { value: '2' }, { value: '3' }])
      expect(answer).toMatchObject({ code: status.OK, paid: 1 })
    }
  })

  test('is handed on as it comes', async () => {
    let go: () => void = () => undefined
    behave = (_a, response) => {
      response.write('{"value":1}\n')
      go = () => response.end('{"value":2}\n')
    }
    const stream = h.client.client.makeServerStreamRequest(
      COUNT,
      (b: Buffer) => b,
      (b: Buffer) => b,
      Buffer.alloc(0),
      paid(),
    )
    const seen: unknown[] = []
    stream.on('data', (message: Buffer) => {
      seen.push(h.decode(COUNT, message))
      go()
    })
    await new Promise((done) => stream.on('end', done))
    expect(seen).toEqual([{ value: '1' }, { value: '2' }])
  })

  test.each([
    ['breaks off', (r: ServerResponse) => r.write('{"value":1}\n', () => r.destroy())],
    ['ends within a value', (r: ServerResponse) => r.end('{"value":1}\n{"val')],
    ['has what is no message', (r: ServerResponse) => r.end('{"value":1}\n[]\n')],
    [
      'tells of an error',
      (r: ServerResponse) => r.writeHead(200, EVENTS).end('data: {"value":1}\n\nevent: error\ndata: oops\n\n'),
    ],
    [
      'has a value without an end',
      (r: ServerResponse) => r.end(`{"value":1}\n{"note":"${'x'.repeat(3 * 1024 * 1024)}`),
    ],
  ])('that %s is an error and costs nothing', async (_what, behaviour) => {
    behave = (_a, response) => void behaviour(response)
    const { code, json: seen, paid: kept } = await call({}, COUNT)
    expect([status.INTERNAL, status.RESOURCE_EXHAUSTED]).toContain(code)
    expect(seen).toEqual([{ value: '1' }])
    expect(kept).toBe(0)
  })

  test('is read from the service no faster than the client takes it', async () => {
    let written = 0
    const line = `{"note":"${'x'.repeat(64 * 1024)}"}\n`
    behave = (_a, response) => {
      const pump = (): void => {
        while (written < 2_000 && !response.destroyed) {
          written++
          if (!response.write(line)) return void response.once('drain', pump)
        }
        response.end()
      }
      pump()
    }
    const stream = h.client.client.makeServerStreamRequest(
      COUNT,
      (b: Buffer) => b,
      (b: Buffer) => b,
      Buffer.alloc(0),
      paid(),
    )
    stream.on('error', () => undefined)
    // grpc-js takes all of an answer until the first of it is asked for, and from then on no more than that.
    stream.on('readable', () => undefined)
    let last = -1
    await until(
      'the service is held up',
      () => {
        const isStill = written > 0 && written === last
        last = written
        return isStill
      },
      { everyMs: 200 },
    )
    expect(written).toBeLessThan(1_000)
    stream.cancel()
    await until('the payment is released', () => h.payments.open === 0)
  })
})

test('in encoding json the messages of the calls are JSON', async () => {
  await using one = await openHttpHarness(PROTO, { endpoint: service.url, encoding: 'json' })
  behave = addition
  const ask = (text: string) => one.client.call(ADD, [Buffer.from(text)], { metadata: paid() })
  const { code, messages } = await ask('{"a": 9007199254740993, "b": "1"}')
  expect([code, messages.map(String)]).toEqual([status.OK, ['{"value":"9007199254740994"}']])
  for (const text of ['{', '[]', '{"a":"x"}'])
    expect(await ask(text)).toMatchObject({ code: status.INTERNAL, details: `protoToJson error: ${HELP}3` })
})

test('a service that is away is told as one, and one that is there as well', async () => {
  const server = createTcpServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await using one = await openHttpHarness(PROTO, { endpoint })
  expect(await one.health()).toEqual({ ok: true })
  await new Promise((done) => server.close(done))
  expect(await one.health()).toEqual({ ok: false, reason: 'no connection: ECONNREFUSED' })
  const { code, details } = await one.client.call(ADD, [Buffer.alloc(0)], { metadata: paid() })
  expect(code).toBe(status.INTERNAL)
  expect(details).toMatch(/^error executing HTTP service: .*ECONNREFUSED.*#_1$/s)
  expect(one.payments.committed).toBe(0)
})

test('a price is asked for by the same connections, and nothing of them is left over (defect 39)', async () => {
  await using priced = await openHttpHarness(PROTO, { endpoint: service.url })
  const ports = new Set<number | undefined>()
  behave = ({ url }, response) => {
    ports.add(response.socket?.remotePort)
    json(response, url === '/price' ? { price: '12' } : { value: '1' })
  }
  priced.payments.askAt = '/calc.Calculator/price'
  for (let i = 0; i < 3; i++) expect(await call({}, ADD, priced)).toMatchObject({ code: status.OK, paid: 1 })
  expect(priced.payments.quoted).toEqual([12n, 12n, 12n])
  expect(ports.size).toBe(1)
})

test('a client that stops within its message takes no request to the service, and is let go (defect 34)', async () => {
  await using impatient = await openHttpHarness(PROTO, { endpoint: service.url, stallMs: 200 })
  const before = service.arrived.length
  const session = connectHttp2(`http://127.0.0.1:${impatient.gateway.address.port}`)
  const stream = session.request({
    ...{ ':method': 'POST', ':path': ADD, te: 'trailers', 'content-type': 'application/grpc' },
    ...paid().toHttp2Headers(),
  })
  stream.write(Buffer.from([0, 0, 0, 0, 9, 1]))
  const headers = await new Promise<Record<string, unknown>>((done) => stream.once('response', done))
  expect(headers['grpc-status']).toBe(String(status.DEADLINE_EXCEEDED))
  expect(service.arrived).toHaveLength(before)
  expect(impatient.payments).toMatchObject({ committed: 0, open: 0 })
  session.destroy()
})

test('a service with a certificate that nobody trusts is not asked, and told as one', async () => {
  await using certificates = await makeCertificates()
  let asked = 0
  const server = createTlsServer(certificates.make('other', 'DNS:other.example'), () => asked++)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const endpoint = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await using one = await openHttpHarness(PROTO, { endpoint })
  expect((await one.health()).ok).toBe(false)
  expect(await call({}, ADD, one)).toMatchObject({ code: status.INTERNAL, paid: 0 })
  expect(asked).toBe(0)
  await new Promise((done) => server.close(done))
})
