import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { framed } from '../../../support/by-hand.js'
import { HELLO, headerBlock, headersFrames, dataFrames } from '../../../support/frames.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'

const UNARY = '/echo.Echo/Unary'
const frames = { config: { dataPlane: 'frames' } } as const

const HEAD = {
  ':method': 'POST',
  ':scheme': 'http',
  ':path': UNARY,
  te: 'trailers',
  'content-type': 'application/grpc',
}

function openSession(h: Harness) {
  const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`)
  session.on('error', () => undefined)
  const call = (): Promise<unknown> => {
    const stream = session.request({ ...HEAD, ...paid().toHttp2Headers() })
    let code: unknown
    stream.on('error', (fault) => (code = fault))
    stream.on('response', (head) => (code = head['grpc-status'] ?? code))
    stream.on('trailers', (trailers) => (code = trailers['grpc-status']))
    stream.resume().end(framed(Buffer.from('x')))
    return new Promise((done) => stream.once('close', () => done(code)))
  }
  return { session, call }
}

test('a call that was begun before its client had heard of the stop is served and paid', async () => {
  await using h = await openHarness(frames)
  const { session, call } = openSession(h)
  expect(await call()).toBe('0')
  // Nothing of the stop is read before these are written.
  const drained = h.gateway.drain(60_000)
  const calls = Array.from({ length: 20 }, call)
  expect(new Set(await Promise.all(calls))).toEqual(new Set(['0']))
  expect(await drained).toBe(0)
  expect(h.payments).toMatchObject({ committed: 21, open: 0 })
  session.destroy()
})

test('a call whose first message is still under way at the stop is served and paid', async () => {
  await using h = await openHarness(frames)
  const { session } = openSession(h)
  const stream = session.request({ ...HEAD, ...paid().toHttp2Headers() })
  const trailers = once(stream, 'trailers') as Promise<[Record<string, string>]>
  await once(session, 'connect')
  await new Promise<void>((done) => session.ping(() => done()))
  const drained = h.gateway.drain(60_000)
  await once(session, 'goaway')
  stream.resume().end(framed(Buffer.from('x')))
  expect((await trailers)[0]['grpc-status']).toBe('0')
  expect(await drained).toBe(0)
  expect(h.payments.committed).toBe(1)
  session.destroy()
})

test('whoever had only connected is refused unread, so that he may ask another', async () => {
  await using h = await openHarness(frames)
  const socket: Socket = connect(h.gateway.address.port, '127.0.0.1')
  let heard = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => (heard = Buffer.concat([heard, bytes]))).on('error', () => undefined)
  await once(socket, 'connect')
  // A connection is taken in order, so that the one before it is taken, too.
  await h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })
  const drained = h.gateway.drain(60_000)
  const lines = [...Object.entries(HEAD), ...Object.entries(paid().toHttp2Headers())].map(
    ([name, value]) => [name, String(value)] as const,
  )
  const call = [headersFrames(1, headerBlock(lines)), dataFrames(1, framed(Buffer.from('x')))]
  socket.write(Buffer.concat([HELLO, ...call]))
  expect(await drained).toBe(0)
  await until('it has ended', () => socket.destroyed || socket.readableEnded)
  // GOAWAY: none of its streams was heard.
  expect(heard.includes(Buffer.from('0000080700000000000000000000000000', 'hex'))).toBe(true)
  expect(h.payments.committed).toBe(1)
})

test('a further signal cuts what is left, unpaid', async () => {
  await using h = await openHarness(frames)
  const call = h.client.call(UNARY, [Buffer.from('hang')], { metadata: paid() })
  await until('the call is at the service', () => h.service.seen.length === 1)
  const hurry = new AbortController()
  const drained = h.gateway.drain(2 ** 40, hurry.signal)
  hurry.abort()
  expect(await drained).toBe(1)
  expect((await call).code).toBe(status.UNAVAILABLE)
  expect(h.payments).toMatchObject({ committed: 0, open: 0 })
})
