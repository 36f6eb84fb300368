import { createSecureServer, createServer, type Http2Server, type SecureServerOptions } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MadePair, makeCertificates } from '../../../support/certificates.js'
import { connectGrpcUpstream, type UpstreamConfig } from '../../../../src/daemon/gateway/index.js'
import { ask } from '../../../../src/daemon/gateway/index.js'
import { DATA_PLANE, somePoolLimits } from '../../../support/gateway-config.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'

let certificates: Awaited<ReturnType<typeof makeCertificates>>
let [own, other, ours]: MadePair[] = []
beforeAll(async () => {
  certificates = await makeCertificates()
  own = certificates.make('service', 'DNS:service.example')
  other = certificates.make('other')
  ours = certificates.make('daemon')
})
afterAll(() => certificates[Symbol.asyncDispose]())

/** Answers every call with one message. */
function serving(server: Http2Server | ReturnType<typeof createSecureServer>) {
  server.on('stream', (stream) => {
    stream.on('error', () => undefined).resume()
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    stream.end(Buffer.from([0, 0, 0, 0, 1, 7]))
  })
  server.on('error', () => undefined)
  return server
}

async function startSecure(options: SecureServerOptions = {}) {
  const server = serving(createSecureServer({ cert: own?.cert, key: own?.key, ...options }))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    endpoint: new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`),
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

function connectTo(endpoint: URL, tls: UpstreamConfig['tls'] = {}) {
  const limits = somePoolLimits({ connectTimeoutMs: 5_000 })
  const upstream = connectGrpcUpstream(
    { endpoint, tls, encoding: 'proto', maxMessageBytes: 1_000, stallMs: 5_000, limits, dataPlane: DATA_PLANE },
    { log: quietLog() },
  )
  return {
    health: () => upstream.health(),
    call: () =>
      ask(upstream, '/a.B/c', [Buffer.from('x')], { timeoutMs: 10_000, signal: new AbortController().signal }),
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  }
}

const trusting = () => ({ ca: own?.cert, serverName: 'service.example' })

test('a service whose certificate the named authority signed for the named server is called', async () => {
  await using service = await startSecure()
  await using upstream = connectTo(service.endpoint, trusting())
  expect(await upstream.call()).toEqual(Buffer.from([7]))
  expect(await upstream.health()).toEqual({ ok: true })
})

test('one that wants a certificate of ours is shown it', async () => {
  await using service = await startSecure({ requestCert: true, rejectUnauthorized: true, ca: ours?.cert })
  await using upstream = connectTo(service.endpoint, { ...trusting(), cert: ours?.cert, key: ours?.key })
  expect(await upstream.call()).toEqual(Buffer.from([7]))
})

describe('why there is no connection is told, to the client and to who asks for the health,', () => {
  const cases: [what: string, options: () => SecureServerOptions, tls: () => UpstreamConfig['tls'], reason: RegExp][] =
    [
      [
        'where nobody known has signed',
        () => ({}),
        () => ({ serverName: 'service.example' }),
        /signed by no authority/,
      ],
      ['where another authority has', () => ({}), () => ({ ...trusting(), ca: other?.cert }), /signed by no authority/],
      ['where the name is another', () => ({}), () => ({ ca: own?.cert }), /for another name/],
      [
        'where it wants a certificate',
        () => ({ requestCert: true, rejectUnauthorized: true, ca: ours?.cert, minVersion: 'TLSv1.3' }),
        trusting,
        /wants a certificate of ours/,
      ],
    ]
  test.each(cases)('%s', async (_what, options, tls, reason) => {
    await using service = await startSecure(options())
    await using upstream = connectTo(service.endpoint, tls())
    await expect(upstream.call()).rejects.toThrow(reason)
    expect(await upstream.health()).toEqual({ ok: false, reason: expect.stringMatching(reason) as string })
  })

  test('where it speaks TLS and another protocol', async () => {
    const server = createTlsServer({ cert: own?.cert, key: own?.key, ALPNProtocols: ['smtp'] }, (socket) =>
      socket.on('error', () => undefined),
    )
    server.on('tlsClientError', () => undefined)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    await using upstream = connectTo(new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`), trusting())
    await expect(upstream.call()).rejects.toThrow(/speaks no HTTP\/2 over TLS/)
    server.close()
  })

  test('where it speaks no TLS', async () => {
    const server = serving(createServer())
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    await using upstream = connectTo(new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`), trusting())
    await expect(upstream.call()).rejects.toThrow(/can't connect to service/)
    server.close()
  })
})

test.each(['unix:', 'unix://'])('a service at a socket of this host is called by %s/path', async (scheme) => {
  const { path, remove } = await tempDir()
  const server = serving(createServer())
  await new Promise<void>((done) => server.listen(join(path, 'a b.sock'), done))
  await using upstream = connectTo(new URL(`${scheme}${path}/a b.sock`))
  expect(await upstream.call()).toEqual(Buffer.from([7]))
  expect(await upstream.health()).toEqual({ ok: true })
  server.close()
  await remove()
})

test('where the socket is missing, its path is told to the client', async () => {
  await using upstream = connectTo(new URL('unix:/nowhere/a.sock'))
  await expect(upstream.call()).rejects.toThrow(/can't connect to service unix:\/nowhere\/a\.sock: .*ENOENT/)
  expect(await upstream.health()).toEqual({ ok: false, reason: 'no connection: ENOENT' })
})
