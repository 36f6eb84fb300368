import { connect } from 'node:http2'
import { buffer } from 'node:stream/consumers'
import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { createEcho } from '../../../../../src/daemon/gateway/index.js'
import { framed } from '../../../../support/by-hand.js'
import { RawClient } from '../../../../support/echo-service.js'
import { type Harness, openHarness, paid } from '../harness.js'

const UNARY = '/echo.Echo/Unary'
const open = (): Promise<Harness> => openHarness({ openUpstream: (config) => createEcho(config) })

test.each(['application/grpc', 'application/grpc+proto', 'application/grpc+json'])(
  'a request in %s is its own answer, and paid for',
  async (contentType) => {
    await using h = await open()
    const session = connect(`http://127.0.0.1:${h.gateway.address.port}`)
    const head = { ':method': 'POST', ':path': UNARY, 'content-type': contentType, te: 'trailers' }
    const stream = session.request({ ...head, ...paid().toHttp2Headers() })
    const request = framed(Buffer.from('{"x":1}'))
    stream.end(request)
    const trailers = new Promise((done) => stream.once('trailers', done))
    expect((await buffer(stream)).equals(request)).toBe(true)
    expect(await trailers).toMatchObject({ 'grpc-status': '0' })
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
    session.destroy()
  },
)

test('so is a compressed one, which its client can unpack', async () => {
  await using h = await open()
  using client = new RawClient(h.gateway.address, { 'grpc.default_compression_algorithm': 2 })
  const reply = await client.call(UNARY, [Buffer.alloc(10_000, 5)], { metadata: paid() })
  expect(reply.messages[0]?.equals(Buffer.alloc(10_000, 5))).toBe(true)
})

test('of a stream the first message is the answer', async () => {
  await using h = await open()
  const reply = await h.client.call('/echo.Echo/Chat', [Buffer.from('a'), Buffer.from('b')], { metadata: paid() })
  expect([reply.code, reply.messages.map(String)]).toEqual([status.OK, ['a']])
})

test('a call that cannot pay is refused, as before a service', async () => {
  await using h = await open()
  expect((await h.client.call(UNARY, [Buffer.from('x')])).code).toBe(status.INVALID_ARGUMENT)
})
