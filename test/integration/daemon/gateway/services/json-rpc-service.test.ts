import type { ServerResponse } from 'node:http'
import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { parseDescriptors } from '../../../../support/parse-descriptors.js'
import {
  type JsonRpcConfig,
  openJsonRpcUpstream,
  type TranslatedMethods,
} from '../../../../../src/daemon/gateway/index.js'
import { type HttpService, startHttpService } from '../../../../support/json-rpc-service.js'
import { takeTime } from '../../../../support/take-time.js'
import { until } from '../../../../support/until.js'
import { type Harness, type HarnessOptions, openHarness, paid } from '../harness.js'

// Defects are numbered as in snet-behaviour 11.

const METHOD = '/math.Math/add'
const MIB = 1024 * 1024
const once = { find: () => ({ asksOnce: true, answersOnce: true }) }

const open = (
  endpoint: URL,
  { encoding = 'json', codecOf = () => undefined, ...more }: HarnessOptions & Options = {},
): Promise<Harness> =>
  openHarness({
    methods: once,
    openUpstream: (limits, { log }) =>
      openJsonRpcUpstream(
        { ...limits, endpoint, encoding, maxBytes: 256 * MIB },
        { log, nameOf: (path) => path.slice(path.lastIndexOf('/') + 1), codecOf },
      ),
    ...more,
  })

interface Options {
  readonly encoding?: JsonRpcConfig['encoding']
  readonly codecOf?: TranslatedMethods['find']
}

const ask = (h: Harness, text: string | Buffer, extras: Parameters<Harness['client']['call']>[2] = {}) =>
  h.client.call(METHOD, [Buffer.from(text)], { metadata: paid(), ...extras })

interface Request {
  readonly jsonrpc: string
  readonly method: string
  readonly params: unknown
  readonly id: number
}

const requestIn = (body: Buffer): Request => JSON.parse(String(body)) as Request

/** A service that answers each request with what `answer` makes of it, as JSON text. */
const start = (answer: (request: Request) => string): Promise<HttpService> =>
  startHttpService((body, response) => response.end(answer(requestIn(body))))

const result = ({ id }: Request, json: string): string => `{"jsonrpc":"2.0","id":${id},"result":${json}}`

describe('a call in JSON', () => {
  test('is one request by the method’s name, and its result the answer, which is paid', async () => {
    await using service = await start((request) => result(request, '{"sum": 5, "b":"ä", "a":[1.5,null]}'))
    await using h = await open(service.url)
    const reply = await ask(h, '{"x": 2, "y": 3}')
    expect([reply.code, String(reply.messages[0])]).toEqual([status.OK, '{"sum":5,"b":"ä","a":[1.5,null]}'])
    const [{ url, body, headers } = { url: '', body: '', headers: {} }] = service.seen
    expect(url).toBe('/rpc?model=a')
    expect(headers['content-type']).toBe('application/json')
    const { id, ...rest } = JSON.parse(body) as Request
    expect(rest).toEqual({ jsonrpc: '2.0', method: 'add', params: { x: 2, y: 3 } })
    expect(Number.isSafeInteger(id)).toBe(true)
    expect(h.payments).toMatchObject({ committed: 1, released: 1, open: 0 })
  })

  test('has an id of its own each time, and nothing of the client’s metadata (defect 30)', async () => {
    await using service = await start((request) => result(request, '1'))
    await using h = await open(service.url)
    await Promise.all([ask(h, '{}'), ask(h, '{}'), ask(h, '{}')])
    expect(new Set(service.seen.map(({ body }) => requestIn(Buffer.from(body)).id)).size).toBe(3)
    for (const { headers, body } of service.seen) expect(JSON.stringify(headers) + body).not.toContain('snet-')
  })

  test('keeps numbers beyond 2^53 in both directions', async () => {
    await using service = await startHttpService((body, response) => {
      const [, params = ''] = /"params":(\{.*\}),"id"/.exec(String(body)) ?? []
      response.end(result(requestIn(body), params))
    })
    await using h = await open(service.url)
    expect(String((await ask(h, '{"n":9007199254740993,"m":-123456789012345678901}')).messages[0])).toBe(
      '{"n":9007199254740993,"m":-123456789012345678901}',
    )
  })

  test('of a megabyte passes', async () => {
    await using service = await startHttpService((body, response) => {
      const { id, params } = requestIn(body)
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: params }))
    })
    await using h = await open(service.url)
    const text = JSON.stringify({ text: 'ä'.repeat(MIB / 2) })
    expect(String((await ask(h, text)).messages[0])).toBe(text)
  })

  test('of 100 MiB passes', async () => {
    await using service = await startHttpService((body, response) => {
      const id = /"id":(\d+)\}$/.exec(body.subarray(-40).toString())?.[1]
      response.write(`{"jsonrpc":"2.0","id":${id},"result":`)
      response.write(body.subarray(body.indexOf('['), body.lastIndexOf(']') + 1))
      response.end('}')
    })
    const unread = { bytes: 404 * MIB, bytesPerConnection: 404 * MIB }
    await using h = await open(service.url, {
      config: { maxMessageBytes: 101 * MIB, serviceTimeoutMs: 170_000, unread },
    })
    const text = Buffer.concat([Buffer.from('["'), Buffer.alloc(100 * MIB, 'x'), Buffer.from('"]')])
    const reply = await ask(h, text)
    expect([reply.code, reply.details]).toEqual([status.OK, ''])
    expect(reply.messages[0]?.equals(text)).toBe(true)
  }, 180_000)

  test.each([
    ['no JSON', 'x'],
    ['nothing', ''],
    ['the rest of another request', '1,"method":"free"'],
    ['broken UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('that is %s never reaches the service', async (_what, text) => {
    await using service = await start((request) => result(request, '1'))
    await using h = await open(service.url)
    expect(await ask(h, text)).toMatchObject({
      code: status.INTERNAL,
      details: expect.stringMatching(/^error unmarshaling request; error: ./) as string,
    })
    expect(service.seen).toEqual([])
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('uses connections again', async () => {
    await using service = await start((request) => result(request, '1'))
    await using h = await open(service.url)
    for (let i = 0; i < 20; i++) await ask(h, '{}')
    expect(service.connections).toBeLessThan(20)
  })
})

describe('an answer that is none costs nothing', () => {
  const rpc = 'json-rpc error; error: '
  const http = 'error executing http call; error: '
  test.each([
    [
      'an error',
      ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32601,"message":"no method"}}`,
      `${rpc}no method`,
    ],
    [
      'an error without the id',
      () => '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"broken"}}',
      `${rpc}broken`,
    ],
    [
      'an error beside a result',
      ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"result":1,"error":{"message":"no"}}`,
      `${rpc}no`,
    ],
    ['an error of no shape', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"error":"odd"}`, `${rpc}"odd"`],
    ['null', (request: Request) => result(request, 'null'), `${rpc}result is null`],
    ['no result', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id}}`, `${rpc}result is null`],
    [
      'another id',
      ({ id }: Request) => `{"jsonrpc":"2.0","id":${id + 1},"result":1}`,
      `${http}the service answered with another id`,
    ],
    [
      'the id as text',
      ({ id }: Request) => `{"jsonrpc":"2.0","id":"${id}","result":1}`,
      `${http}the service answered with another id`,
    ],
    ['no id', () => '{"jsonrpc":"2.0","result":1}', `${http}the service answered with another id`],
    [
      'another version',
      ({ id }: Request) => `{"jsonrpc":"1.0","id":${id},"result":1}`,
      `${http}the service answered in another version of JSON-RPC than 2.0`,
    ],
    [
      'no version',
      ({ id }: Request) => `{"id":${id},"result":1}`,
      `${http}the service answered in another version of JSON-RPC than 2.0`,
    ],
    ['a batch', (request: Request) => `[${result(request, '1')}]`, `${http}the service answered no JSON-RPC object`],
    ['a text', () => '"fine"', `${http}the service answered no JSON-RPC object`],
    ['a page', () => '<html>', `${http}the service answered no JSON`],
    ['nothing, as to a notification', () => '', `${http}the service answered nothing, as to a notification`],
  ])('%s', async (_what, answer, details) => {
    await using service = await start(answer)
    await using h = await open(service.url)
    expect(await ask(h, '{}')).toMatchObject({ code: status.INTERNAL, details, messages: [] })
    expect(h.payments).toMatchObject({ committed: 0, released: 1, open: 0 })
  })

  test.each([
    [500, 'broken'],
    [302, ''],
    [204 + 200, 'not here'],
  ])('HTTP status %i', async (code, text) => {
    await using service = await startHttpService((_body, response) => {
      response.writeHead(code, { location: '/elsewhere' }).end(text)
    })
    await using h = await open(service.url)
    const reply = await ask(h, '{}')
    expect(reply.code).toBe(status.UNAVAILABLE)
    expect(reply.details.split('\n')[0]).toBe(`upstream http status ${code}: ${text}`)
    expect(reply.details).toContain('error-codes/#_1')
    expect(service.seen).toHaveLength(1)
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test.each([
    ['that breaks off', (response: ServerResponse) => void response.socket?.destroy()],
    [
      'that breaks off within its answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('{', () => response.socket?.destroy())
      },
    ],
  ])('a service %s', async (_how, breakOff) => {
    await using service = await startHttpService((_body, response) => breakOff(response))
    await using h = await open(service.url)
    expect(await ask(h, '{}')).toMatchObject({
      code: status.INTERNAL,
      details: expect.stringContaining(http) as string,
    })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('an answer beyond all bounds is not read to its end', async () => {
    let isGone = false
    await using service = await startHttpService((_body, response) => {
      response.once('close', () => (isGone = true))
      const pump = (): void => {
        while (!isGone && response.write(Buffer.alloc(65_536, 32)));
      }
      response.on('drain', pump)
      pump()
    })
    await using h = await open(service.url, { config: { maxMessageBytes: 1000 } })
    expect((await ask(h, '{}')).code).toBe(status.RESOURCE_EXHAUSTED)
    await until('the service was left', () => isGone)
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('a result above the limit is refused', async () => {
    await using service = await start((request) => result(request, JSON.stringify('x'.repeat(1000))))
    await using h = await open(service.url, { config: { maxMessageBytes: 1000 } })
    expect(await ask(h, '{}')).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: 'grpc: received message larger than max (1002 vs. 1000)',
    })
  })

  test('nobody there', async () => {
    const service = await start(() => '')
    await service[Symbol.asyncDispose]()
    await using h = await open(service.url)
    expect(await ask(h, '{}')).toMatchObject({
      code: status.INTERNAL,
      details: expect.stringMatching(/^error executing http call; error: .*ECONNREFUSED/) as string,
    })
    expect(await h.upstream.health()).toEqual({ ok: false, reason: 'no connection: ECONNREFUSED' })
  })
})

test('a service may think for longer than a connection may be idle', async () => {
  await using service = await startHttpService((body, response) => {
    void takeTime(1_500).then(() => response.end(result(requestIn(body), '1')))
  })
  await using h = await open(service.url)
  expect(String((await ask(h, '{}')).messages[0])).toBe('1')
})

describe('a slow service is left', () => {
  test.each([
    ['with the deadline of the call', 300, status.DEADLINE_EXCEEDED],
    ['when the client cancels', undefined, status.CANCELLED],
  ])('%s', async (_when, deadlineMs, code) => {
    let isGone = false
    await using service = await startHttpService(
      (_body, response) => void response.once('close', () => (isGone = true)),
    )
    await using h = await open(service.url)
    const stop = new AbortController()
    const extras = deadlineMs ? { deadline: new Date(Date.now() + deadlineMs) } : { signal: stop.signal }
    const reply = ask(h, '{}', extras)
    await until('it is asked', () => service.seen.length === 1)
    stop.abort()
    expect((await reply).code).toBe(code)
    await until('it is left', () => isGone)
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })
})

describe('a call in protobuf', () => {
  const proto = `syntax = "proto3"; package math;
    message Numbers { double x = 1; int64 big_one = 2; bytes raw = 3; Kind kind = 4; }
    message Sum { double sum = 1; int64 big_one = 2; bytes raw = 3; Kind kind = 4; }
    enum Kind { NONE = 0; SOME = 1; }
    service Math { rpc add(Numbers) returns (Sum); }`
  const { methods } = parseDescriptors(new Map([['math.proto', proto]]))
  const codecOf = (path: string) => methods.get(path)
  const proto1 = methods.get(METHOD)

  test('is translated by the proto files, both ways', async () => {
    await using service = await start((request) =>
      result(request, '{"sum":2.5,"big_one":"9007199254740993","raw":"AQI=","kind":"SOME","unknown":1}'),
    )
    await using h = await open(service.url, { encoding: 'proto', codecOf })
    const message = proto1?.encodeRequest({ x: 2, big_one: '9007199254740993', raw: 'AQI=', kind: 'SOME' })
    const reply = await ask(h, message as Buffer)
    expect([reply.code, reply.details]).toEqual([status.OK, ''])
    expect(proto1?.decodeResponse(reply.messages[0] as Buffer)).toEqual({
      ...{ sum: 2.5, big_one: '9007199254740993', raw: 'AQI=', kind: 'SOME' },
    })
    expect(requestIn(Buffer.from(service.seen[0]?.body ?? '')).params).toEqual({
      ...{ x: 2, big_one: '9007199254740993', raw: 'AQI=', kind: 'SOME' },
    })
  })

  test('that is no such message never reaches the service', async () => {
    await using service = await start((request) => result(request, '{}'))
    await using h = await open(service.url, { encoding: 'proto', codecOf })
    const reply = await ask(h, Buffer.from([0x09, 1]))
    expect(reply).toMatchObject({
      code: status.INTERNAL,
      details: expect.stringMatching(/^error unmarshaling request; error: ./) as string,
    })
    expect(service.seen).toEqual([])
  })

  test('whose result is no such message costs nothing', async () => {
    await using service = await start((request) => result(request, '{"sum":"many"}'))
    await using h = await open(service.url, { encoding: 'proto', codecOf })
    expect(await ask(h, proto1?.encodeRequest({ x: 1 }) as Buffer)).toMatchObject({
      code: status.INTERNAL,
      details: expect.stringMatching(/^error marshaling response; error: ./) as string,
    })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })
})
