import { once } from 'node:events'
import { type ClientHttp2Stream, connect } from 'node:http2'
import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { SnetError } from '../../../../src/shared/errors.js'
import { framed } from '../../../support/by-hand.js'
import { startRawService } from '../../../support/echo-service.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'

const bytes = (text: string) => Buffer.from(text)
const STALL_MS = 150
const LONG = { serviceTimeoutMs: 20_000 }

/** A paid call of a client who reads and writes only when the test does. */
function callByHand({ gateway }: Harness, method: string) {
  const session = connect(`http://127.0.0.1:${gateway.address.port}`)
  session.on('error', () => undefined)
  const call = { ':method': 'POST', ':path': `/echo.Echo/${method}`, 'content-type': 'application/grpc' }
  const stream = session.request({ ...call, ...paid().toHttp2Headers() })
  stream.on('error', () => undefined)
  return { stream, [Symbol.dispose]: () => session.destroy() }
}

/** Code and text of the status, once it has come. */
async function statusOf(stream: ClientHttp2Stream): Promise<[number, string]> {
  const told = new Promise<Record<string, string>>((done) => {
    stream.on('response', (block) => 'grpc-status' in block && done(block as Record<string, string>))
    stream.on('trailers', (block) => done(block as Record<string, string>))
  })
  const { 'grpc-status': code, 'grpc-message': message = '' } = await told
  return [Number(code), decodeURIComponent(message)]
}

describe('a call that only its client keeps waiting is ended, unpaid, and its place at the service is free', () => {
  test.each([
    ['takes nothing of a stream', 'Count', framed(bytes('1000 65536')), true, 'took nothing of its answer'],
    ['stops within a message', 'Chat', framed(bytes('ab'), 3), false, 'sent nothing of its request'],
    ['does not end a request of one message', 'Unary', framed(bytes('ab')), false, 'sent nothing of its request'],
  ])('%s', async (_what, method, sent, ends, text) => {
    await using h = await openHarness({ stallMs: STALL_MS, config: LONG })
    using call = callByHand(h, method)
    call.stream.write(sent)
    if (ends) call.stream.end()
    const cancelled = h.service.nextCancel()
    const told = statusOf(call.stream)
    if (ends) await until('the call has ended', () => h.payments.released === 1)
    // Who takes nothing learns of the end when he does.
    call.stream.resume()
    expect(await told).toEqual([status.DEADLINE_EXCEEDED, `the client ${text} for ${STALL_MS} ms`])
    await cancelled
    expect(h.payments).toMatchObject({ committed: 0, open: 0, released: 1 })
  })
})

describe('a call lives on for longer than a client may stall', () => {
  test('while the service thinks', async () => {
    let answer = (): void => undefined
    await using raw = await startRawService((stream) => {
      stream.resume()
      answer = () => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
        stream.end(framed(bytes('x')))
      }
      setTimeout(() => answer(), 4 * STALL_MS)
    })
    await using h = await openHarness({ url: raw.url, stallMs: STALL_MS, config: LONG })
    expect((await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })).code).toBe(0)
  })

  test('while both sides of a conversation are silent', async () => {
    await using h = await openHarness({ stallMs: STALL_MS, config: LONG })
    using call = callByHand(h, 'Chat')
    for (const word of ['a', 'b']) {
      call.stream.write(framed(bytes(word)))
      expect(await once(call.stream, 'data')).toEqual([framed(bytes(word))])
      const later = performance.now() + 3 * STALL_MS
      await until('some time has passed', () => performance.now() > later)
    }
    call.stream.end()
    expect((await statusOf(call.stream))[0]).toBe(0)
    expect(h.payments.committed).toBe(1)
  })

  test('while its client reads slowly, but reads', async () => {
    await using h = await openHarness({ stallMs: 400, config: LONG })
    using call = callByHand(h, 'Count')
    const told = statusOf(call.stream)
    call.stream.end(framed(bytes('20 65536')))
    let received = 0
    call.stream.on('data', (chunk: Buffer) => {
      received += chunk.length
      call.stream.pause()
      setTimeout(() => call.stream.resume(), 10)
    })
    await once(call.stream, 'end')
    expect((await told)[0]).toBe(0)
    expect(received).toBe(20 * (65_536 + 5))
  })
})

test('who has not taken all of an answer when his call is cut is not told that he has; the service had done its part', async () => {
  let hasAll = false
  await using raw = await startRawService((stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    const { session } = stream
    // A PING is answered after what was sent before it.
    stream.once('close', () => session?.ping(() => (hasAll = true)))
    stream.resume().end(Buffer.concat(Array.from({ length: 30_000 }, () => framed(bytes('x')))))
  })
  await using h = await openHarness({ url: raw.url, config: LONG })
  using call = callByHand(h, 'Count')
  const told = statusOf(call.stream)
  call.stream.end(framed(bytes('x')))
  await until('the daemon has the whole answer', () => hasAll)
  h.payments.loseAll(new SnetError('unavailable', 'the call was cut'))
  await until('the call has ended', () => h.payments.released === 1)
  call.stream.resume()
  expect(await told).toEqual([status.UNAVAILABLE, 'the call was cut; the service had answered, so the call is paid'])
  expect(h.payments.committed).toBe(1)
})

test('a call ends with its status, also when the service leaves the rest of the request open', async () => {
  await using raw = await startRawService((stream) => {
    stream.once('data', () => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.end(framed(bytes('enough')))
    })
  })
  await using h = await openHarness({ url: raw.url, config: LONG })
  using call = callByHand(h, 'Chat')
  call.stream.resume().write(framed(bytes('x')))
  expect((await statusOf(call.stream))[0]).toBe(0)
  expect(h.payments.committed).toBe(1)
})

test('an OK without a message is no answer of a method that answers once: it costs nothing', async () => {
  await using raw = await startRawService((stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '0' }, { endStream: true })
  })
  await using h = await openHarness({ url: raw.url })
  const call = (method: string) => h.client.call(`/echo.Echo/${method}`, [bytes('x')], { metadata: paid() })
  expect((await call('Unary')).code).toBe(status.INTERNAL)
  expect(h.payments.committed).toBe(0)
  expect((await call('Count')).code).toBe(status.OK)
})
