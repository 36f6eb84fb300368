import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { request } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { Client, credentials } from '@grpc/grpc-js'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TlsPair } from '../../../../src/shared/tls-files.js'
import { openHarness, paid } from './harness.js'
import { fixedTls } from '../../../support/fixed-tls.js'
import { tempDir } from '../../../support/temp-dir.js'

let directory: string
let tls: TlsPair
beforeAll(async () => {
  const temp = await tempDir()
  directory = temp.path
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  execFileSync('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', cert], { stdio: 'pipe' })
  tls = { cert: readFileSync(cert), key: readFileSync(key) }
  return temp.remove
})

const open = () => openHarness({ config: { tls: fixedTls(tls) } })
const asIs = (bytes: Buffer): Buffer => bytes

async function callOverTls(port: number): Promise<string> {
  const client = new Client(`localhost:${port}`, credentials.createSsl(tls.cert))
  try {
    return await new Promise((done, fail) =>
      client.makeUnaryRequest('/echo.Echo/Unary', asIs, asIs, Buffer.from('hello'), paid(), (error, answer) =>
        error ? fail(error) : done(String(answer)),
      ),
    )
  } finally {
    client.close()
  }
}

describe('TLS on the one port', () => {
  test('a gRPC client pays and is answered', async () => {
    await using h = await open()
    expect(await callOverTls(h.gateway.address.port)).toBe('hello')
    expect(h.payments.committed).toBe(1)
  })

  test.each([
    [['h2'], 'h2'],
    [['http/1.1', 'h2'], 'h2'],
    [['http/1.1'], 'http/1.1'],
    [undefined, false],
  ])('a client that offers %s gets %s', async (ALPNProtocols, chosen) => {
    await using h = await open()
    const socket = connect({
      port: h.gateway.address.port,
      host: '127.0.0.1',
      ca: tls.cert,
      ...(ALPNProtocols && { ALPNProtocols }),
    })
    await once(socket, 'secureConnect')
    expect(socket.alpnProtocol).toBe(chosen)
    socket.destroy()
  })

  test('probes are answered over HTTP/1.1', async () => {
    await using h = await open()
    const asked = request({
      port: h.gateway.address.port,
      host: '127.0.0.1',
      ca: tls.cert,
      path: '/livez',
      agent: false,
    }).end()
    const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
    response.resume()
    expect(response.statusCode).toBe(200)
  })

  test('a client that offers no protocol this port speaks, and one that speaks no TLS, are turned away; others go on', async () => {
    await using h = await open()
    const { port } = h.gateway.address
    const other = connect({ port, host: '127.0.0.1', ca: tls.cert, ALPNProtocols: ['spdy/3'] })
    await expect(once(other, 'secureConnect')).rejects.toThrow(/no application protocol|ECONNRESET|disconnected/)
    const plain = connectTcp(port, '127.0.0.1')
    plain.on('error', () => undefined).write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(plain, 'close')
    expect(await callOverTls(port)).toBe('hello')
  })

  test('a stop does not wait for a handshake that never ends', async () => {
    const h = await open()
    const silent = connectTcp(h.gateway.address.port, '127.0.0.1')
    await once(silent, 'connect')
    const closed = once(
      silent.on('error', () => undefined),
      'close',
    )
    await h[Symbol.asyncDispose]()
    await closed
  })
})
