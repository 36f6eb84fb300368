/** The cheapest service at hand, over our own frames: answers with the bytes that it was sent. */
import type { FrameStream } from '../../src/daemon/gateway/frames/index.js'
import { serveFrames } from '../../test/unit/daemon/gateway/frames/support.js'
import { answersOf, lengthOf } from '../measure/methods.js'

const HEADERS = [':status', '200', 'content-type', 'application/grpc']
const TRAILERS = ['grpc-status', '0']

/** Each piece at once, and the end behind the last. */
function echo(stream: FrameStream): void {
  stream.sendHeaders(HEADERS)
  const pass = (): void => {
    for (let bytes = stream.read(); bytes; bytes = stream.read()) stream.write(bytes)
    if (stream.isReadToEnd) stream.end(TRAILERS)
  }
  stream.events = { onNews: pass }
  pass()
}

/** One answer to many messages: the first of them, which may come in pieces or with others. */
function collect(stream: FrameStream): void {
  let first = Buffer.alloc(0)
  const take = (): void => {
    for (let bytes = stream.read(); bytes; bytes = stream.read())
      if (first.length < lengthOf(first)) first = Buffer.concat([first, bytes])
    if (!stream.isReadToEnd || stream.hasLocalEnd) return
    stream.sendHeaders(HEADERS)
    stream.write(first.subarray(0, lengthOf(first)))
    stream.end(TRAILERS)
  }
  stream.events = { onNews: take }
  take()
}

/** Many answers to one message, each the message again. */
function count(stream: FrameStream): void {
  let message = Buffer.alloc(0)
  let left = 0
  const send = (): void => {
    while (left > 0) {
      left--
      if (!stream.write(message)) break
    }
    if (left === 0) stream.end(TRAILERS)
  }
  const take = (): void => {
    for (let bytes = stream.read(); bytes; bytes = stream.read()) message = Buffer.concat([message, bytes])
    if (!stream.isReadToEnd || stream.headersSent) return
    left = answersOf(message)
    stream.sendHeaders(HEADERS)
    send()
  }
  stream.events = {
    onNews: take,
    onRoom: () => {
      if (stream.headersSent) send()
    },
  }
  take()
}

const boundless = { burst: 1e9, perSecond: 1e9 }
const { port } = await serveFrames(
  {
    onStream: (stream, fields) => {
      const path = fields[fields.indexOf(':path') + 1] ?? ''
      if (path.endsWith('/collect')) collect(stream)
      else if (path.endsWith('/count')) count(stream)
      else echo(stream)
    },
  },
  {
    ...{ maxStreams: 1_000, streamWindowBytes: 2 ** 20, connectionWindowBytes: 2 ** 26 },
    ...{ resets: boundless, idleFrames: boundless },
  },
)
process.stdout.write(`ready service=127.0.0.1:${port}\n`)
