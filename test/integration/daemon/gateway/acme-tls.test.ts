import { once } from 'node:events'
import { connect as connectTcp, createServer, type AddressInfo } from 'node:net'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { Client, credentials } from '@grpc/grpc-js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseClientHello } from '../../../../src/daemon/gateway/transport/tls/client-hello.js'
import { makeCertificates, type MadePair } from '../../../support/certificates.js'
import { fixedTls } from '../../../support/fixed-tls.js'
import { openHarness, paid } from './harness.js'

let certificates: Awaited<ReturnType<typeof makeCertificates>>
let own: MadePair
let challenge: MadePair
beforeAll(async () => {
  certificates = await makeCertificates()
  own = certificates.make('own')
  challenge = certificates.make('challenge', 'DNS:example.com')
})
afterAll(() => certificates[Symbol.asyncDispose]())

const openGate = () =>
  openHarness({ config: { tls: fixedTls(own, { challenges: new Map([['example.com', challenge]]) }) } })

const asIs = (bytes: Buffer): Buffer => bytes

/** Common name of the certificate that is shown, and the protocol that is agreed on; undefined where none is. */
async function shownTo(port: number, options: ConnectionOptions): Promise<[unknown, unknown] | undefined> {
  const socket: TLSSocket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
  const shown = await once(socket, 'secureConnect').then(
    (): [unknown, unknown] => [socket.getPeerCertificate().subject.CN, socket.alpnProtocol],
    () => undefined,
  )
  socket.on('error', () => undefined).destroy()
  return shown
}

/** What a client sends first. */
async function helloOf(options: ConnectionOptions): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', ...options })
  client.on('error', () => undefined)
  const [socket] = (await once(server, 'connection')) as [NodeJS.ReadWriteStream]
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  client.destroy()
  server.close()
  return bytes
}

describe('while an authority may look whether a domain is ours', () => {
  test('it is shown the answer for the domain that it names, and for no other', async () => {
    await using h = await openGate()
    const { port } = h.gateway.address
    const ALPNProtocols = ['acme-tls/1']
    expect(await shownTo(port, { servername: 'example.com', ALPNProtocols })).toEqual(['challenge', 'acme-tls/1'])
    expect(await shownTo(port, { servername: 'EXAMPLE.com', ALPNProtocols })).toEqual(['challenge', 'acme-tls/1'])
    expect(await shownTo(port, { servername: 'localhost', ALPNProtocols })).toBeUndefined()
    expect(await shownTo(port, { ALPNProtocols })).toBeUndefined()
  })

  test('all others are served as ever, also who names that domain, and who sends the beginning byte by byte', async () => {
    await using h = await openGate()
    const { port } = h.gateway.address
    expect(await shownTo(port, { servername: 'example.com', ALPNProtocols: ['h2'] })).toEqual(['own', 'h2'])
    expect(await shownTo(port, {})).toEqual(['own', false])
    const client = new Client(`localhost:${port}`, credentials.createSsl(own.cert))
    const answer = await new Promise((done, fail) =>
      client.makeUnaryRequest('/echo.Echo/Unary', asIs, asIs, Buffer.from('hello'), paid(), (error, bytes) =>
        error ? fail(error) : done(String(bytes)),
      ),
    )
    client.close()
    expect(answer).toBe('hello')

    const hello = await helloOf({ servername: 'localhost', ALPNProtocols: ['h2'] })
    const slow = connectTcp({ port, host: '127.0.0.1', noDelay: true })
    for (const byte of hello) slow.write(Buffer.from([byte]))
    const [first] = (await once(slow, 'data')) as [Buffer]
    // A ServerHello: it went on where it belongs.
    expect(first[0]).toBe(22)
    slow.destroy()
  })

  test('what is no TLS is turned away, and the next one is served', async () => {
    await using h = await openGate()
    const { port } = h.gateway.address
    const plain = connectTcp(port, '127.0.0.1')
    plain.on('error', () => undefined).write('GET / HTTP/1.1\r\n\r\n')
    await once(plain.resume(), 'close')
    const hello = await helloOf({ servername: 'example.com', ALPNProtocols: ['acme-tls/1'] })
    const cut = connectTcp(port, '127.0.0.1')
    cut.on('error', () => undefined).end(hello.subarray(0, 50))
    await once(cut.resume(), 'close')
    expect(await shownTo(port, {})).toEqual(['own', false])
  })
})

describe('the beginning of a TLS connection', () => {
  test('is read as clients write it', async () => {
    const hello = await helloOf({ servername: 'a.Example.com', ALPNProtocols: ['acme-tls/1', 'h2'] })
    expect(parseClientHello(hello)).toEqual({ serverName: 'a.example.com', protocols: ['acme-tls/1', 'h2'] })
    expect(parseClientHello(await helloOf({}))).toEqual({ serverName: '', protocols: [] })
    for (let length = 0; length < hello.length; length++)
      expect(parseClientHello(hello.subarray(0, length))).toBe('more')
    expect(parseClientHello(Buffer.from('GET /'))).toBeUndefined()
    expect(parseClientHello(Buffer.from([22, 3, 1, 0xff, 0xff]))).toBeUndefined()
  })

  test('is never more than that, whatever the bytes are', async () => {
    const hello = await helloOf({ servername: 'example.com', ALPNProtocols: ['acme-tls/1'] })
    const changes = fc.array(fc.tuple(fc.nat(hello.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    const judge = (bytes: Buffer): void => {
      const read = parseClientHello(bytes)
      if (read === undefined || read === 'more') return
      expect(typeof read.serverName).toBe('string')
      expect(read.protocols.join('').length).toBeLessThan(bytes.length)
    }
    fc.assert(
      fc.property(changes, (list) => {
        const bytes = Buffer.from(hello)
        for (const [at, value] of list) bytes[at] = value
        judge(bytes)
      }),
      { numRuns: 3_000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (random) => {
        const length = Buffer.from([random.length >> 8, random.length & 0xff])
        judge(Buffer.from(random))
        judge(Buffer.concat([Buffer.from([22, 3, 1]), length, Buffer.from(random)]))
      }),
      { numRuns: 2_000 },
    )
  })
})
