import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { connectivityState, credentials, Metadata, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Strangers } from '../../../../../src/daemon/infra/server/strangers.js'
import { loadInfraService } from '../../../../../src/shared/wire/index.js'
import { type MadePair, makeCertificates } from '../../../../support/certificates.js'
import { rawClient, startFakeInfra } from '../../../../support/infra-server.js'
import { until } from '../../../../support/until.js'

const TOKEN = 'a-token-of-some-length'
const GET_PEER = '/snetd.infra.v1.Infra/GetPeer'
const LEGACY = ['daemon.Peer', 'daemon.Group', 'daemon.Test', 'daemon.Proxy', 'server.Proxy']
const REFLECTION = ['v1', 'v1alpha'].map((v) => `/grpc.reflection.${v}.ServerReflection/ServerReflectionInfo`)

let certificates: Awaited<ReturnType<typeof makeCertificates>>
let own: MadePair
let clientPair: MadePair
let stranger: MadePair
beforeAll(async () => {
  certificates = await makeCertificates()
  own = certificates.make('server')
  clientPair = certificates.make('client')
  stranger = certificates.make('stranger')
})
afterAll(() => certificates[Symbol.asyncDispose]())

describe('a token that is configured', () => {
  const everyMethod = [
    ...LEGACY.map((service) => `/${service}/TestConnection`),
    ...Object.values(loadInfraService().service).map(({ path }) => path),
    ...REFLECTION,
    '/daemon.Group/ReplicationJoinGroup',
    '/server.Proxy/StopTest',
    '/no.such.Service/Method',
    '/snetd.infra.v1.Infra/NoSuchMethod',
  ]

  test('is wanted for every method, on loopback too, and with it nothing but unknown methods are refused for lacking', async () => {
    await using infra = await startFakeInfra({ token: TOKEN })
    using without = rawClient(infra.port)
    using having = rawClient(infra.port, { token: TOKEN })
    for (const path of everyMethod) {
      const { code, details } = await without.ask(path)
      expect([path, code, details]).toEqual([
        path,
        status.UNAUTHENTICATED,
        'this control daemon requires a token: authorization: Bearer …',
      ])
    }
    expect((await having.ask(GET_PEER)).code).toBe(0)
    expect((await having.ask('/no.such.Service/Method')).code).toBe(status.UNIMPLEMENTED)
    expect(infra.fake.asked).toEqual([])
  })

  test.each([
    ['another one', 'Bearer another-token-of-length'],
    ['a part of it', `Bearer ${TOKEN.slice(0, -1)}`],
    ['more than it', `Bearer ${TOKEN}x`],
    ['another scheme', `Basic ${TOKEN}`],
    ['no scheme', TOKEN],
    ['nothing', 'Bearer '],
  ])('%s is refused', async (_name, value) => {
    await using infra = await startFakeInfra({ token: TOKEN })
    using client = rawClient(infra.port)
    const metadata = new Metadata()
    metadata.set('authorization', value)
    expect((await client.ask(GET_PEER, '', metadata)).code).toBe(status.UNAUTHENTICATED)
  })

  test('is not wanted for health', async () => {
    await using infra = await startFakeInfra({ token: TOKEN })
    using client = rawClient(infra.port)
    const { bytes } = await client.ask('/grpc.health.v1.Health/Check')
    expect(bytes.toString('hex')).toBe('0801')
  })
})

describe('TLS', () => {
  const tlsOf = ({ cert, key }: MadePair, ca?: Buffer) => ({ cert, key, ...(ca && { ca }) })
  const mutual = (pair: MadePair) => credentials.createSsl(own.cert, pair.key, pair.cert)

  test('with a token, wants the token too', async () => {
    await using infra = await startFakeInfra({ tls: tlsOf(own), token: TOKEN })
    using having = rawClient(infra.port, { creds: credentials.createSsl(own.cert), token: TOKEN })
    using without = rawClient(infra.port, { creds: credentials.createSsl(own.cert) })
    expect((await having.ask(GET_PEER)).code).toBe(0)
    expect((await without.ask(GET_PEER)).code).toBe(status.UNAUTHENTICATED)
  })

  test('takes no plaintext', async () => {
    await using infra = await startFakeInfra({ tls: tlsOf(own), token: TOKEN })
    using client = rawClient(infra.port, { token: TOKEN })
    expect((await client.ask(GET_PEER)).code).toBe(status.UNAVAILABLE)
  })

  test('with an authority, takes its clients only, and not even the health of others', async () => {
    await using infra = await startFakeInfra({ tls: tlsOf(own, clientPair.cert) })
    using known = rawClient(infra.port, { creds: mutual(clientPair) })
    using unknown = rawClient(infra.port, { creds: mutual(stranger) })
    using none = rawClient(infra.port, { creds: credentials.createSsl(own.cert) })
    expect((await known.ask(GET_PEER)).code).toBe(0)
    for (const client of [unknown, none])
      for (const path of [GET_PEER, '/grpc.health.v1.Health/Check'])
        expect((await client.ask(path)).code).toBe(status.UNAVAILABLE)
  })

  test('with an authority and a token, wants both', async () => {
    await using infra = await startFakeInfra({ tls: tlsOf(own, clientPair.cert), token: TOKEN })
    using both = rawClient(infra.port, { creds: mutual(clientPair), token: TOKEN })
    using certificateOnly = rawClient(infra.port, { creds: mutual(clientPair) })
    using tokenOnly = rawClient(infra.port, { creds: credentials.createSsl(own.cert), token: TOKEN })
    expect((await both.ask(GET_PEER)).code).toBe(0)
    expect((await certificateOnly.ask(GET_PEER)).code).toBe(status.UNAUTHENTICATED)
    expect((await tokenOnly.ask(GET_PEER)).code).toBe(status.UNAVAILABLE)
  })
})

describe('hostile clients', () => {
  test('a request above 4 MiB is refused, one of 4 MiB is read', async () => {
    await using infra = await startFakeInfra()
    using client = rawClient(infra.port)
    const { code } = await client.ask('/server.Proxy/TestConnection', Buffer.alloc(4 * 1024 * 1024 + 1))
    expect(code).toBe(status.RESOURCE_EXHAUSTED)
    const fits = Buffer.concat([Buffer.from('0afbffff01', 'hex'), Buffer.alloc(4 * 1024 * 1024 - 5, 0x61)])
    expect((await client.ask('/server.Proxy/TestConnection', fits)).code).toBe(status.OK)
  })

  test('bytes that are no message are told so on every service, and nothing is logged as our fault', async () => {
    await using infra = await startFakeInfra()
    using client = rawClient(infra.port)
    for (const path of ['/server.Proxy/JoinGroup', '/daemon.Proxy/NewTest', '/snetd.infra.v1.Infra/CreateGroup']) {
      const { code, details } = await client.ask(path, Buffer.from('ff01', 'hex'))
      expect([path, code]).toEqual([path, status.INVALID_ARGUMENT])
      expect(details).not.toContain('internal')
    }
    expect(infra.lines).toEqual([])
  })

  test('headers without end are not collected', async () => {
    await using infra = await startFakeInfra({ token: TOKEN })
    const session = connectHttp2(`http://127.0.0.1:${infra.port}`)
    session.on('error', () => undefined)
    const stream = session.request({
      ':method': 'POST',
      ':path': GET_PEER,
      'content-type': 'application/grpc',
      authorization: `Bearer ${TOKEN}`,
      ...Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`x-${at}`, 'v'.repeat(1000)])),
    })
    stream.on('error', () => undefined)
    let headers: Record<string, unknown> | undefined
    stream.on('response', (got) => (headers = got))
    stream.resume().end()
    await new Promise((done) => stream.once('close', done))
    expect(headers?.['grpc-status']).not.toBe('0')
    session.destroy()
  })

  test('a message marked as compressed in a call that names no encoding is INTERNAL, and its bytes are not taken for it', async () => {
    await using infra = await startFakeInfra()
    const session = connectHttp2(`http://127.0.0.1:${infra.port}`)
    const [path, type] = ['/server.Proxy/TestConnection', 'application/grpc']
    const answer = async (flag: number): Promise<unknown> => {
      const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': type, te: 'trailers' })
      let status: unknown
      stream.on('response', (headers) => (status = headers['grpc-status']))
      stream.on('trailers', (trailers) => (status = trailers['grpc-status']))
      stream.resume().end(Buffer.from([flag, 0, 0, 0, 0]))
      await once(stream, 'close')
      return status
    }
    expect([await answer(0), await answer(1), await answer(2)]).toEqual(['0', '13', '13'])
    session.destroy()
  })

  test.each([
    ['/server.Proxy/ConnectToPeer', 1],
    ['/server.Proxy/NewTest', 1],
    ['/daemon.Test/NewTest', 3],
    ['/snetd.infra.v1.Infra/GetRun', 1],
  ])('a text of 3 MB in %s ends in an ordinary error of bounded length', async (path, field) => {
    await using infra = await startFakeInfra()
    using client = rawClient(infra.port)
    const text = Buffer.from('\u001b[2J€'.repeat(450_000))
    const { code, details } = await client.ask(
      path,
      Buffer.concat([Buffer.of((field << 3) | 2), varint(text.length), text]),
    )
    expect(code).not.toBe(status.OK)
    expect([status.CANCELLED, status.DEADLINE_EXCEEDED, status.UNAVAILABLE]).not.toContain(code)
    expect(encodeURIComponent(details).length).toBeLessThan(4_000)
    expect(details).not.toMatch(/\p{Cc}/u)
  })
})

describe('connections without a credential', () => {
  const connected = async (port: number, sockets: Socket[], host = '127.0.0.1'): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: host })
    socket.on('error', () => undefined).resume()
    sockets.push(socket)
    await once(socket, 'connect')
    return socket
  }

  test('512 idle ones keep no controller out, and cut none off that has shown its token', async () => {
    await using infra = await startFakeInfra({ token: TOKEN })
    const sockets: Socket[] = []
    using first = rawClient(infra.port, { token: TOKEN })
    const before = await first.infra('GetClock')
    try {
      for (let at = 0; at < 512; at++) await connected(infra.port, sockets)
      using late = rawClient(infra.port, { token: TOKEN })
      expect([before.error, (await late.infra('GetClock')).error]).toEqual([undefined, undefined])
      const channel = first.client.getChannel()
      expect((await first.infra('GetClock')).error).toBeUndefined()
      expect(channel.getConnectivityState(false)).toBe(connectivityState.READY)
      await until('the others have had to go', () => sockets.filter(({ closed }) => !closed).length <= 64)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  })

  test('make room among themselves: the oldest of the address with the most goes', async () => {
    await using infra = await startFakeInfra({ token: TOKEN, strangers: { places: 3, timeMs: 60_000 } })
    const sockets: Socket[] = []
    try {
      const other = await connected(infra.port, sockets, '127.0.0.2')
      const oldest = await connected(infra.port, sockets)
      for (let at = 0; at < 2; at++) await connected(infra.port, sockets)
      await until('the oldest is closed', () => oldest.closed)
      expect(sockets.filter(({ closed }) => closed)).toEqual([oldest])
      expect(other.closed).toBe(false)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  })

  test.each([
    ['silent', undefined, ''],
    ['silent in its handshake', true, ''],
    ['with nothing but calls of health', undefined, '/grpc.health.v1.Health/Check'],
    ['with a wrong token', undefined, GET_PEER],
  ])('one that is %s is closed after its time', async (_name, isTls, path) => {
    const config = { token: TOKEN, strangers: { timeMs: 300 }, ...(isTls && { tls: { cert: own.cert, key: own.key } }) }
    await using infra = await startFakeInfra(config)
    const socket = connect(infra.port, '127.0.0.1').on('error', () => undefined)
    if (path === '') socket.resume()
    if (path !== '') {
      const session = connectHttp2(`http://127.0.0.1:${infra.port}`, { createConnection: () => socket })
      session.on('error', () => undefined)
      session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' }).resume().end()
    }
    await until('it is closed', () => socket.closed)
  })

  test('one whose first bytes wait while the daemon stands still is not cut off', async () => {
    const timeMs = 100
    const strangers = new Strangers({ places: 1, timeMs })
    const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined)
    try {
      const [[accepted]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
        [Socket],
        unknown,
      ]
      const happened = Promise.race(['data', 'close'].map((event) => once(accepted, event).then(() => event)))
      strangers.meet(accepted)
      accepted.on('data', () => strangers.admit(accepted)).resume()
      client.write('first bytes')
      standStill(2 * timeMs)
      expect(await happened).toBe('data')
    } finally {
      client.destroy()
      server.close()
    }
  })
})

/** As a process does that gets no processor. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest & 127) | 128)
  }
}
