import { once } from 'node:events'
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Client, credentials } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificates, type MadePair } from '../../../support/certificates.js'
import { fixedTls } from '../../../support/fixed-tls.js'
import { type Harness, openHarness, paid } from './harness.js'

let certificates: Awaited<ReturnType<typeof makeCertificates>>
let pair: MadePair
beforeAll(async () => {
  certificates = await makeCertificates()
  pair = certificates.make('split')
})
afterAll(() => certificates[Symbol.asyncDispose]())

const split = { grpc: 0, http: 0 }
const asIs = (bytes: Buffer): Buffer => bytes

function call(port: number, isTls: boolean): Promise<string> {
  const client = new Client(
    `localhost:${port}`,
    isTls ? credentials.createSsl(pair.cert) : credentials.createInsecure(),
  )
  return new Promise<string>((done, fail) =>
    client.makeUnaryRequest('/echo.Echo/Unary', asIs, asIs, Buffer.from('hello'), paid(), (error, answer) =>
      error ? fail(error) : done(String(answer)),
    ),
  ).finally(() => client.close())
}

/** All that is answered to a request for a page. */
async function livez(port: number, isTls: boolean): Promise<string> {
  const to = { port, host: '127.0.0.1' }
  const socket: Socket = isTls ? connectTls({ ...to, ca: pair.cert, ALPNProtocols: ['http/1.1'] }) : connectTcp(to)
  let answer = ''
  socket.on('error', () => undefined).on('data', (bytes: Buffer) => (answer += bytes.toString()))
  socket.write('GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await new Promise((done) => socket.once('close', done))
  return answer
}

const portsOf = ({ gateway }: Harness) => ({ grpc: gateway.address.port, http: gateway.webAddress?.port as number })

describe.each([
  ['in cleartext', false],
  ['over TLS', true],
])('ports for gRPC and for web pages %s', (_name, isTls) => {
  const open = () => openHarness({ config: { split, tls: isTls ? fixedTls(pair) : undefined } })

  test('each serves its own and nothing else', async () => {
    await using h = await open()
    const { grpc, http } = portsOf(h)
    expect(await call(grpc, isTls)).toBe('hello')
    expect(await livez(http, isTls)).toMatch(/^HTTP\/1\.1 200/)
    expect(await livez(grpc, isTls)).toBe('')
    await expect(call(http, isTls)).rejects.toMatchObject({ code: 14 })
  })

  test('neither serves in another way than that (defect 14)', async () => {
    await using h = await open()
    const { grpc, http } = portsOf(h)
    expect(await livez(http, !isTls)).not.toContain('200 OK')
    await expect(call(grpc, !isTls)).rejects.toMatchObject({ code: 14 })
  })
})

test('a port that cannot be had is told by its key, and the other one is given back', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port: http } = taken.address() as AddressInfo
  await expect(openHarness({ config: { split: { grpc: 0, http } } })).rejects.toMatchObject({
    message: `experimental.traffic_split 127.0.0.1:${http} cannot be listened on: EADDRINUSE`,
  })
  taken.close()
})
