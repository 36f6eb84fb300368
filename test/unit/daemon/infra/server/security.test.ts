import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { credentials, Metadata, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadInfraService } from '../../../../../src/shared/wire/index.js'
import { type MadePair, makeCertificates } from '../../../../support/certificates.js'
import { rawClient, startFakeInfra } from '../../../../support/infra-server.js'

const TOKEN = 'a-token-of-some-length'
const GET_PEER = '/snetd.infra.v1.Infra/GetPeer'
const LEGACY = ['daemon.Peer', 'daemon.Group', 'daemon.Test', 'daemon.Proxy', 'server.Proxy']
const REFLECTION = ['v1', 'v1alpha'].map((v) => `/grpc.reflection.${v}.ServerReflection/ServerReflectionInfo`)

let certificates: ReturnType<typeof makeCertificates>
let own: MadePair
let clientPair: MadePair
let stranger: MadePair
beforeAll(() => {
  certificates = makeCertificates()
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
        'this control daemon wants a token: authorization: Bearer …',
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
    const fits = Buffer.concat([Buffer.from('0afcffff01', 'hex'), Buffer.alloc(4 * 1024 * 1024 - 5, 0x61)])
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

  test('connections beyond the limit are closed at once', async () => {
    await using infra = await startFakeInfra()
    const sockets: Socket[] = []
    try {
      for (let at = 0; at < 512; at++) {
        const socket = connect(infra.port, '127.0.0.1')
        socket.on('error', () => undefined)
        sockets.push(socket)
        await once(socket, 'connect')
      }
      const late = connect(infra.port, '127.0.0.1')
      late.on('error', () => undefined)
      late.resume()
      await once(late, 'close')
      expect(late.bytesRead).toBe(0)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  })
})
