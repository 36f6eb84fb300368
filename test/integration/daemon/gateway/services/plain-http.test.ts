import { once } from 'node:events'
import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type RequestListener,
  type RequestOptions,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer, request as tlsRequest } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PlainConfig, startPlainGateway } from '../../../../../src/daemon/gateway/index.js'
import { live } from '../../../../../src/shared/live.js'
import { type MadePair, makeCertificates } from '../../../../support/certificates.js'
import { fixedTls } from '../../../../support/fixed-tls.js'
import { aGatewayConfig } from '../../../../support/gateway-config.js'
import { quietLog } from '../../../../support/quiet-log.js'
import { until } from '../../../../support/until.js'

let certificates: Awaited<ReturnType<typeof makeCertificates>>
let pair: MadePair
beforeAll(async () => {
  certificates = await makeCertificates()
  pair = certificates.make('plain')
})
afterAll(() => certificates[Symbol.asyncDispose]())

interface Changes extends Partial<Omit<PlainConfig, 'service'>> {
  /** The service speaks TLS, and this authority is trusted. */
  readonly serviceCa?: Buffer | string
  readonly isEcho?: boolean
}

/** A gate before a service that answers so. */
async function openPlain(onRequest: RequestListener, { serviceCa, isEcho, ...changes }: Changes = {}) {
  const service = serviceCa ? createTlsServer(pair, onRequest) : createServer(onRequest)
  await once(service.listen(0, '127.0.0.1'), 'listening')
  const servicePort = (service.address() as AddressInfo).port
  const endpoint = new URL(`${serviceCa ? 'https' : 'http'}://localhost:${servicePort}/base/x?key=1`)
  const lines: string[] = []
  const tls = serviceCa === undefined ? undefined : { ca: Buffer.from(serviceCa) }
  const gateway = await startPlainGateway(
    { ...aGatewayConfig(), ...changes, service: isEcho ? undefined : { endpoint, tls } },
    { log: quietLog(lines) },
  )
  const { port } = gateway.address
  return {
    ...{ gateway, lines, port, servicePort },
    ask: (options: RequestOptions = {}): ClientRequest =>
      request({ port, host: '127.0.0.1', agent: false, ...options }).on('error', () => undefined),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      service.closeAllConnections()
      service.close()
    },
  }
}

/** Waits for the head; never for the body. */
const headOf = async (asking: ClientRequest): Promise<IncomingMessage> =>
  ((await once(asking, 'response')) as [IncomingMessage])[0]

async function textOf(stream: IncomingMessage): Promise<string> {
  let text = ''
  for await (const bytes of stream) text += String(bytes)
  return text
}

async function answerOf(asking: ClientRequest, body?: string) {
  asking.end(body)
  const answer = await headOf(asking)
  return { status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders, text: await textOf(answer) }
}

/** All that comes on a connection until it is closed. */
async function said(port: number, words: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  let text = ''
  socket.on('data', (bytes) => (text += String(bytes))).write(words)
  await once(socket, 'close')
  return text
}

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': '*',
}

test('every path goes to the one of the service, with method, headers and body; the answer is always 200', async () => {
  const seen: Record<string, unknown>[] = []
  await using plain = await openPlain((asked, answer) => {
    void textOf(asked).then((body) => {
      const { method, url, headers } = asked
      seen.push({ method, url, host: headers.host, own: headers['x-own'], user: headers['snet-user-address'], body })
      answer.setHeader('set-cookie', ['a=1', 'b=2'])
      answer.writeHead(404, { 'x-of-service': 'yes', 'access-control-allow-origin': 'https://one.example' })
      answer.end(`not here: ${body}`)
    })
  })
  const headers = { 'x-own': 'mine', 'snet-user-address': '0x1', host: 'gate.example' }
  const answer = await answerOf(plain.ask({ method: 'PUT', path: '/else/where?and=this', headers }), 'hello')
  expect(answer).toMatchObject({ status: 200, text: 'not here: hello', headers: { 'x-of-service': 'yes', ...cors } })
  expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  expect(answer.raw.filter((name) => name.toLowerCase() === 'access-control-allow-origin')).toHaveLength(1)
  for (const path of ['/livez', '/readyz', '/heartbeat', '/encoding']) await answerOf(plain.ask({ path }))
  const host = `localhost:${plain.servicePort}`
  const there = { url: '/base/x?key=1', host, user: undefined }
  expect(seen[0]).toEqual({ ...there, method: 'PUT', own: 'mine', body: 'hello' })
  expect(seen.slice(1)).toEqual(Array(4).fill({ ...there, method: 'GET', own: undefined, body: '' }))
})

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  '%s is asked of the service',
  async (method) => {
    await using plain = await openPlain((asked, answer) =>
      answer.setHeader('content-length', String(asked.method).length).end(asked.method),
    )
    const { status, text, headers } = await answerOf(plain.ask({ method }))
    expect([status, text]).toEqual([200, method === 'HEAD' ? '' : method])
    expect(headers['content-length']).toBe(String(method.length))
  },
)

test.each([204, 304])('an answer without a body (%i) is one with an empty body', async (status) => {
  await using plain = await openPlain((_asked, answer) => answer.writeHead(status, { etag: '"1"' }).end())
  const answer = await answerOf(plain.ask())
  expect(answer).toMatchObject({ status: 200, text: '', headers: { etag: '"1"', 'content-length': '0' } })
})

test('fields of a connection stay on it, in both directions', async () => {
  let seen: IncomingMessage['headers'] = {}
  await using plain = await openPlain((asked, answer) => {
    seen = asked.headers
    answer
      .writeHead(200, { connection: 'close, x-hop', 'x-hop': '1', 'keep-alive': 'timeout=9', 'x-end': '2' })
      .end('ok')
  })
  const text = await said(
    plain.port,
    'GET / HTTP/1.1\r\nhost: a\r\nconnection: close, x-mine\r\nx-mine: 1\r\nx-end: 2\r\nte: trailers\r\nupgrade: h2c\r\n' +
      'keep-alive: 9\r\nproxy-authorization: a\r\n\r\n',
  )
  expect(Object.keys(seen).sort()).toEqual(['connection', 'host', 'x-end'])
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*x-end: 2\r\n[^]*\r\n2\r\nok\r\n0\r\n\r\n$/)
  expect(text).not.toMatch(/x-hop|keep-alive/)
})

test('requests follow each other on a connection, also those sent ahead and in chunks', async () => {
  const bodies: string[] = []
  await using plain = await openPlain((asked, answer) => {
    void textOf(asked).then((body) => answer.end(`<${bodies.push(body)}>`))
  })
  const chunked = 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'
  const sized = 'PATCH / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nconnection: close\r\n\r\nfg'
  const text = await said(plain.port, chunked + sized)
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*<1>HTTP\/1\.1 200 OK\r\n[^]*<2>$/)
  expect(bodies).toEqual(['abcde', 'fg'])
})

test('an older client gets its answer without chunks', async () => {
  await using plain = await openPlain((_asked, answer) => {
    answer.write('one ')
    answer.end('two')
  })
  expect(await said(plain.port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/\r\nconnection: close\r\n\r\none two$/)
})

test.each([
  ['in all', { rate: live({ perMinute: 1, burst: 1 }) }],
  ['of one client', { clientRate: live({ perMinute: 1, burst: 1 }) }],
])('requests beyond the rate %s are told so', async (_name, changes) => {
  await using plain = await openPlain((_asked, answer) => answer.end('ok'), changes)
  expect(await answerOf(plain.ask())).toMatchObject({ status: 200 })
  const refused = await answerOf(plain.ask({ method: 'POST' }), 'x')
  expect(refused).toMatchObject({ status: 429, text: 'Too Many Requests\n', headers: { ...cors, 'retry-after': '60' } })
})

test('requests beyond those that may be in flight are refused, and their bodies not waited for', async () => {
  let first: ServerResponse | undefined
  await using plain = await openPlain((_asked, answer) => (first = answer), { maxCallsInFlight: 1 })
  const one = plain.ask()
  one.end()
  await until('the service is asked', () => first !== undefined)
  const waiting = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\nexpect: 100-continue\r\n\r\n'
  expect(await said(plain.port, waiting)).toMatch(/^HTTP\/1\.1 503 /)
  const answering = headOf(one)
  first?.end('ok')
  expect(await textOf(await answering)).toBe('ok')
  expect(plain.gateway.callsInFlight).toBe(0)
})

test('a service that is not there is a 500 that tells nothing of it', async () => {
  await using plain = await openPlain((asked) => asked.socket.destroy())
  const gone = await answerOf(plain.ask({ method: 'POST' }), 'x')
  expect(gone).toMatchObject({ status: 500, text: 'the service gave no answer\n', headers: cors })
  await using before = await startPlainGateway(
    { ...aGatewayConfig(), service: { endpoint: new URL('http://user:secret@127.0.0.1:1/'), tls: undefined } },
    { log: quietLog() },
  )
  const { text } = await answerOf(request({ port: before.address.port, host: '127.0.0.1', agent: false }))
  expect(text).toBe('the service gave no answer\n')
})

test('a service that is too slow is a 500, and one that dies in its answer breaks it off', async () => {
  await using slow = await openPlain(() => undefined, { serviceTimeoutMs: 50 })
  expect(await answerOf(slow.ask())).toMatchObject({ status: 500, text: 'the service did not answer in time\n' })
  await using dying = await openPlain((_asked, answer) => {
    answer.write('some')
    answer.socket?.end()
  })
  const asking = dying.ask()
  asking.end()
  await expect(textOf(await headOf(asking))).rejects.toThrow('aborted')
  await using endless = await openPlain((_asked, answer) => answer.write('some'), { serviceTimeoutMs: 200 })
  const other = endless.ask()
  other.end()
  await expect(textOf(await headOf(other))).rejects.toThrow('aborted')
})

test('a client that leaves, is silent, or does not take its answer keeps nothing of the service', async () => {
  const [asked, closed]: [string[], string[]] = [[], []]
  await using plain = await openPlain(
    (request, answer) => {
      const name = String(request.headers['x-name'])
      asked.push(name)
      answer.on('close', () => closed.push(name))
      if (name !== 'deaf') return void request.resume()
      const fill = (): void => {
        while (!answer.destroyed && answer.write(Buffer.alloc(65_536)));
      }
      answer.on('drain', fill)
      fill()
    },
    { clientStallMs: 200 },
  )
  const leaving = plain.ask({ headers: { 'x-name': 'leaving' } })
  leaving.end()
  await until('the service is asked', () => asked.includes('leaving'))
  leaving.destroy()
  await until('the service is told', () => closed.includes('leaving'))
  const silent = plain.ask({ method: 'POST', headers: { 'x-name': 'silent', 'content-length': 10 } })
  silent.write('half')
  expect((await headOf(silent)).statusCode).toBe(408)
  await until('the service is told', () => closed.includes('silent'))
  const deaf = plain.ask({ headers: { 'x-name': 'deaf' } })
  deaf.end()
  await headOf(deaf)
  await until('the service is told', () => closed.includes('deaf'))
  expect(plain.gateway.callsInFlight).toBe(0)
})

test('a body whose chunks are none is a 400, and the service gets no end of it', async () => {
  let isWhole = false
  await using plain = await openPlain((asked) => asked.on('end', () => (isWhole = true)).resume())
  const text = await said(
    plain.port,
    'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n',
  )
  expect(text).toMatch(/^HTTP\/1\.1 400 /)
  expect(isWhole).toBe(false)
})

const TOTAL = 64 * 1024 * 1024
const PART = Buffer.alloc(256 * 1024, 'x')

/** Writes as much as there is room for, up to `TOTAL`. */
function pour(into: ClientRequest | ServerResponse): { readonly written: number } {
  const state = { written: 0 }
  const go = (): void => {
    while (state.written < TOTAL) {
      state.written += PART.length
      if (!into.write(PART)) return void into.once('drain', go)
    }
    into.end()
  }
  go()
  return state
}

/** Waits until it does not go on. */
async function stuck(state: { readonly written: number }): Promise<void> {
  let [last, looks] = [-1, 0]
  const look = (): boolean => {
    looks = state.written === last ? looks + 1 : 0
    last = state.written
    return looks >= 10
  }
  await until('no more is written', look, { everyMs: 20 })
}

async function countOf(stream: IncomingMessage): Promise<number> {
  let bytes = 0
  for await (const part of stream as AsyncIterable<Buffer>) bytes += part.length
  return bytes
}

test('no more of a body is taken than the other side reads, in either direction', async () => {
  let upload: IncomingMessage | undefined
  let poured: { readonly written: number } | undefined
  await using plain = await openPlain((asked, answer) => {
    if (asked.method === 'GET') return void (poured = pour(answer))
    upload = asked.pause()
    asked.on('end', () => answer.end('whole'))
  })
  const sending = plain.ask({ method: 'POST' })
  const sent = pour(sending)
  await until('the service is asked', () => upload !== undefined)
  await stuck(sent)
  expect(sent.written).toBeLessThan(TOTAL)
  expect(await countOf(upload as IncomingMessage)).toBe(TOTAL)
  expect(await textOf(await headOf(sending))).toBe('whole')

  const asking = plain.ask()
  asking.end()
  const answer = await headOf(asking)
  await stuck(poured as { readonly written: number })
  expect(poured?.written).toBeLessThan(TOTAL)
  expect(await countOf(answer)).toBe(TOTAL)
})

test('an answer comes as it is made, while the request is still sent', async () => {
  await using plain = await openPlain((asked, answer) => asked.pipe(answer))
  const asking = plain.ask({ method: 'POST' })
  asking.write('one')
  const answer = await headOf(asking)
  const parts = answer.iterator() as AsyncIterableIterator<Buffer>
  expect(String((await parts.next()).value)).toBe('one')
  asking.end('two')
  expect(String((await parts.next()).value)).toBe('two')
  expect((await parts.next()).done).toBe(true)
})

test('without a service, each body comes back', async () => {
  await using plain = await openPlain(() => expect.unreachable(), { isEcho: true })
  const answer = await answerOf(plain.ask({ method: 'POST' }), '<b>hello</b>')
  expect(answer).toMatchObject({ status: 200, text: '<b>hello</b>', headers: cors })
  expect(answer.headers['content-type']).toBe('application/octet-stream')
})

test('a browser that asks whether it may is answered here, and other methods are refused', async () => {
  await using plain = await openPlain(() => expect.unreachable())
  const headers = { origin: 'https://any.example', 'access-control-request-method': 'PUT' }
  const answer = await answerOf(plain.ask({ method: 'OPTIONS', headers }))
  expect(answer).toMatchObject({ status: 204, headers: { ...cors, 'access-control-allow-methods': '*' } })
  expect(await said(plain.port, 'TRACE / HTTP/1.1\r\nhost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /)
  expect(await said(plain.port, 'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /)
  const twoLengths = 'GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n'
  expect(await said(plain.port, twoLengths)).toMatch(/^HTTP\/1\.1 400 /)
  expect(await said(plain.port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toBe('')
})

test('with a certificate the port speaks TLS and nothing else, as does a service of https', async () => {
  await using plain = await openPlain((_asked, answer) => answer.end('safe'), {
    tls: fixedTls(pair),
    serviceCa: pair.cert,
  })
  const to = { port: plain.port, host: '127.0.0.1', servername: 'localhost', ca: pair.cert, agent: false }
  expect(await answerOf(tlsRequest(to))).toMatchObject({ status: 200, text: 'safe' })
  expect(await said(plain.port, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n')).not.toContain('HTTP/1.1')
  await using wary = await openPlain(() => expect.unreachable(), { serviceCa: certificates.make('other').cert })
  expect(await answerOf(wary.ask())).toMatchObject({ status: 500, text: 'the service gave no answer\n' })
})

test('a stop lets the requests in flight finish, and cuts those that do not', async () => {
  const answers: ServerResponse[] = []
  await using plain = await openPlain((_asked, answer) => answers.push(answer))
  const [one, two] = [plain.ask(), plain.ask()]
  one.end()
  two.end()
  await until('both are served', () => answers.length === 2)
  const heads = [headOf(one), headOf(two)]
  const draining = plain.gateway.drain(300)
  answers[0]?.end('done')
  expect(await draining).toBe(1)
  const seen = await Promise.all(heads.map(async (head) => [(await head).statusCode, await textOf(await head)]))
  expect(seen.sort()).toEqual([
    [200, 'done'],
    [503, 'the daemon is stopping\n'],
  ])
})
