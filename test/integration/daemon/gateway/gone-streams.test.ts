import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FLAG, frame, FRAME, hasGoaway, headerBlock, HELLO, uint32 } from '../../../support/frames.js'
import { type Harness, openHarness } from './harness.js'

let harness: Harness
beforeEach(async () => {
  harness = await openHarness()
})
afterEach(() => harness[Symbol.asyncDispose]())

const request = (lines: Readonly<Record<string, string>>) => {
  const all = {
    ':method': 'POST',
    ':scheme': 'http',
    ':path': '/echo.Echo/Unary',
    ':authority': 'a',
    'content-type': 'application/grpc',
    ...lines,
  }
  return headerBlock(Object.entries(all))
}

/** The request and its end by the client arrive in one piece: node tells of a stream that is closed already. */
const takenBack = (lines: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat([
    HELLO,
    frame(FRAME.headers, { flags: FLAG.endHeaders, stream: 1, payload: request(lines) }),
    frame(FRAME.rstStream, { stream: 1, payload: uint32(8) }),
    // Answered with GOAWAY, so that the end of it all can be seen.
    frame(FRAME.ping, { payload: Buffer.alloc(7) }),
  ])

const isAnswered = (bytes: Buffer): Promise<void> =>
  new Promise((done) => {
    const { host, port } = harness.gateway.address
    const socket = connect(port, host)
    let seen = Buffer.alloc(0)
    socket.on('error', () => undefined).once('close', () => done())
    socket.on('data', (chunk) => {
      seen = Buffer.concat([seen, chunk])
      if (hasGoaway(seen)) socket.destroy()
    })
    socket.write(bytes)
  })

test.each([
  ['another method', { ':method': 'GET' }],
  ['another content type', { 'content-type': 'text/html' }],
  ['a malformed path', { ':path': '/a' }],
  ['an unknown method', { ':path': '/a.B/c' }],
  ['a time-out that is none', { 'grpc-timeout': 'soon' }],
  ['a good call', {}],
])('%s that is taken back in the same breath is no fault of ours', async (_name, lines) => {
  await isAnswered(takenBack(lines))
  expect(harness.log).not.toContain('a call could not be answered')
})
