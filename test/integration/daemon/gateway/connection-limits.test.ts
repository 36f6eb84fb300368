import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { ServedStream } from '../../../../src/daemon/gateway/transport/http2/served-stream.js'
import { countConnectionLimits } from '../../../../src/daemon/gateway/index.js'
import { CONNECTION_LIMITS } from '../../../../src/daemon/gateway/transport/connection-limits.js'
import { createMetrics } from '../../../../src/daemon/observability/index.js'
import { FLAG, frame, FRAME, headerBlock, HELLO, PREFACE, uint32 } from '../../../support/frames.js'
import { DATA_PLANE } from '../../../support/gateway-config.js'
import { FrameStreamReader } from '../../../support/frame-stream-reader.js'
import { until } from '../../../support/until.js'
import { closed, openPort } from './bare-port.js'

const REQUEST = headerBlock([
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/a.B/C'],
  [':authority', 'a'],
])
const open = (stream: number, flags: number = FLAG.endHeaders): Buffer =>
  frame(FRAME.headers, { stream, flags, payload: REQUEST })
const reset = (stream: number): Buffer => frame(FRAME.rstStream, { stream, payload: uint32(8) })
const widen = (stream: number, by = 1): Buffer => frame(FRAME.windowUpdate, { stream, payload: uint32(by) })
const settings = (id: number, value: number): Buffer =>
  frame(FRAME.settings, { payload: Buffer.concat([Buffer.from([0, id]), uint32(value)]) })
const many = (count: number, make: (index: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, index) => make(index)))

/** So few that each flood is more. */
const FEW = { callWindowBytes: 256 * 1024, resetsPerSecond: 1, idleFramesPerSecond: 10 }
const FLOOD = 2_000
/** A stranger who stays, so that only the limit under test can end his connection. */
const PATIENT = { silenceMs: 60_000, firstBytesTimeoutMs: 60_000 }
/** Answers nothing. */
const silent = (): undefined => undefined

/** The code of the GOAWAY that ends a connection on which `bytes` were sent; undefined where none came. */
async function endOf(socket: Socket): Promise<number | undefined> {
  const reader = new FrameStreamReader()
  let code: number | undefined
  socket.on('data', (bytes: Buffer) => {
    for (const { type, payload } of reader.push(bytes)) if (type === FRAME.goaway) code = payload.readUInt32BE(4)
  })
  await closed(socket)
  return code
}

const IDLE: Record<string, Buffer> = {
  PING: many(FLOOD, () => frame(FRAME.ping, { payload: Buffer.alloc(8) })),
  'answers to PINGs that nobody sent': many(FLOOD, () =>
    frame(FRAME.ping, { flags: FLAG.ack, payload: Buffer.alloc(8) }),
  ),
  SETTINGS: many(FLOOD, (i) => settings(4, i)),
  'acknowledgements of settings': many(FLOOD, () => frame(FRAME.settings, { flags: FLAG.ack })),
  PRIORITY: many(FLOOD, () => frame(FRAME.priority, { stream: 3, payload: Buffer.alloc(5) })),
  'empty DATA': Buffer.concat([open(1), many(FLOOD, () => frame(FRAME.data, { stream: 1 }))]),
  'DATA of padding alone': Buffer.concat([
    open(1),
    many(FLOOD, () => frame(FRAME.data, { stream: 1, flags: FLAG.padded, payload: Buffer.from([2, 0, 0]) })),
  ]),
  'WINDOW_UPDATE of the connection': many(FLOOD, () => widen(0)),
  'WINDOW_UPDATE of a stream': Buffer.concat([open(1), many(FLOOD, () => widen(1))]),
  GOAWAY: Buffer.concat([open(1), many(FLOOD, () => frame(FRAME.goaway, { payload: Buffer.alloc(8) }))]),
  'resets of a stream that is gone': Buffer.concat([open(1), many(FLOOD, () => reset(1))]),
  'frames of no known kind': many(FLOOD, () => frame(0x55)),
}

/** What only one of the two can do: with the other there are no such tests, rather than some that are left out. */
function describeWith(plane: typeof DATA_PLANE, name: string, tests: () => void): void {
  if (DATA_PLANE === plane) describe(name, tests)
}

describeWith('frames', 'frames that carry nothing', () => {
  test.each(Object.entries(IDLE))('%s: too many end the connection', async (_kind, flood) => {
    await using port = await openPort({ ...PATIENT, http2: FEW }, silent)
    expect(await endOf(port.say(Buffer.concat([HELLO, flood])))).toBe(11)
    expect(port.limits).toEqual(['idle-frames'])
  })

  test('no other frames are taken for them: what was read is given back piece by piece', async () => {
    const BYTES = 1_500_000
    // Some are too late for their stream, which is over by then.
    const http2 = { ...FEW, idleFramesPerSecond: 250 }
    await using port = await openPort({ ...PATIENT, http2 }, (stream) =>
      stream.answer({ ':status': '200' }, 'x'.repeat(BYTES)),
    )
    const socket = port.say(Buffer.concat([HELLO, open(1, FLAG.endHeaders | FLAG.endStream)]))
    const reader = new FrameStreamReader()
    let got = 0
    const whole = new Promise<void>((done) => {
      socket.on('data', (bytes: Buffer) => {
        for (const { type, flags, payload } of reader.push(bytes)) {
          if (type !== FRAME.data) continue
          got += payload.length
          for (let left = payload.length; left > 0; left -= 1_000)
            socket.write(Buffer.concat([widen(0, Math.min(left, 1_000)), widen(1, Math.min(left, 1_000))]))
          if (flags & FLAG.endStream) done()
        }
      })
    })
    await Promise.race([whole, closed(socket)])
    expect([got, port.limits]).toEqual([BYTES, []])
    socket.destroy()
  })
})

/** Node's HTTP/2 has bounds of its own, which cannot be set, for what it would have to acknowledge and what is invalid. */
describeWith('node', 'frames that carry nothing', () => {
  test.each(['PING', 'SETTINGS', 'empty DATA'])('%s: too many end the connection', async (kind) => {
    await using port = await openPort(PATIENT, silent)
    const flood = IDLE[kind] as Buffer
    await closed(port.say(Buffer.concat([HELLO, flood, flood, flood, flood, flood])))
    expect(port.limits).toEqual(['idle-frames'])
  })
})

test('a header block in endless pieces ends the connection', async () => {
  await using port = await openPort(PATIENT, silent)
  const pieces = many(200, () => frame(FRAME.continuation, { stream: 1 }))
  await endOf(port.say(Buffer.concat([HELLO, open(1, 0), pieces])))
  expect(port.limits).toEqual(['header-block'])
})

describeWith('frames', 'what node refuses without a word', () => {
  test('calls that are begun and given up: too many end the connection', async () => {
    await using port = await openPort({ ...PATIENT, http2: FEW }, silent)
    const flood = many(50, (i) => Buffer.concat([open(2 * i + 1), reset(2 * i + 1)]))
    expect(await endOf(port.say(Buffer.concat([HELLO, flood])))).toBe(11)
    expect(port.limits).toEqual(['resets'])
  })

  test('an HPACK bomb: its call is refused, and the connection goes on', async () => {
    await using port = await openPort(PATIENT)
    const kept = headerBlock([['a', 'b'.repeat(3_900)]])
    kept[0] = 0x40
    const bomb = Buffer.concat([REQUEST, kept, Buffer.alloc(10_000, 0x80 + 62)])
    const socket = port.say(HELLO)
    const reader = new FrameStreamReader()
    const answered: number[] = []
    socket.on('data', (bytes: Buffer) => {
      for (const { type, stream } of reader.push(bytes)) if (type === FRAME.headers) answered.push(stream)
    })
    socket.write(frame(FRAME.headers, { stream: 1, flags: FLAG.endHeaders | FLAG.endStream, payload: bomb }))
    socket.write(open(3, FLAG.endHeaders | FLAG.endStream))
    await until('both are answered', () => answered.length === 2)
    expect(port.limits).toEqual(['header-list'])
    socket.destroy()
  })

  test('more calls at a time than a connection may have', async () => {
    await using port = await openPort({ ...PATIENT, maxStreamsPerConnection: 2 }, silent)
    const socket = port.say(Buffer.concat([HELLO, open(1), open(3), open(5)]))
    await until('the third is refused', () => port.limits.length > 0)
    expect(port.limits).toEqual(['streams'])
    socket.destroy()
  })
})

test.each([
  ['says nothing to a question', {}, 'silence'],
  ['takes its time to say what it speaks', { firstBytesTimeoutMs: 50, silenceMs: 60_000 }, 'handshake', ''],
  ['has no call', { ...PATIENT, idleTimeoutMs: 50, silenceMs: 50, unansweredMs: 60_000 }, 'idle'],
  ['is old', { ...PATIENT, maxAgeMs: 50, ageGraceMs: 50 }, 'age'],
] as const)(
  'a connection that %s ends, and is counted',
  async (_what, config, limit, said: Buffer | string = HELLO) => {
    await using port = await openPort(config, silent)
    const socket = port.say(said)
    if (limit === 'idle') socket.write(open(1))
    if (limit === 'idle') socket.write(reset(1))
    await closed(socket)
    expect(port.limits[0]).toBe(limit)
  },
)

test('one that sends and answers nothing ends, and is counted', async () => {
  await using port = await openPort({ unansweredMs: 150 })
  const socket = port.say(HELLO)
  const drops = setInterval(() => socket.write(frame(FRAME.ping, { payload: Buffer.alloc(8) })), 10)
  await closed(socket)
  clearInterval(drops)
  expect(port.limits).toEqual(['unanswered'])
})

test('PINGs without a pause are counted', async () => {
  await using port = await openPort({ ...PATIENT, minPingIntervalMs: 60_000 })
  const socket = port.say(HELLO)
  const over = closed(socket)
  await once(socket, 'data')
  socket.write(many(10, () => frame(FRAME.ping, { payload: Buffer.alloc(8) })))
  await over
  expect(port.limits).toEqual(['pings'])
})

test('connections above those of all, or of one client, are counted', async () => {
  const clients = { trustedProxies: [], proxyProtocol: false, maxConnectionsPerClient: 1 }
  await using ofAll = await openPort({ ...PATIENT, maxConnections: 1 })
  await using ofOne = await openPort({ ...PATIENT, maxConnections: 10, clients })
  for (const port of [ofAll, ofOne]) {
    const first = port.say(PREFACE)
    await once(first, 'data')
    await closed(port.say(PREFACE))
    first.destroy()
  }
  expect([ofAll.limits, ofOne.limits]).toEqual([['connections'], ['client-connections']])
})

test('a call may send as much ahead of who reads it as is set, and not more', async () => {
  const streams: ServedStream[] = []
  const callWindowBytes = 100_000
  await using port = await openPort({ ...PATIENT, http2: { ...FEW, callWindowBytes } }, (stream) =>
    streams.push(stream),
  )
  const session = connectHttp2(port.url)
  const [told] = (await once(session, 'remoteSettings')) as [{ initialWindowSize: number }]
  expect(told.initialWindowSize).toBe(callWindowBytes)
  session.destroy()
})

interface Counts {
  readonly series: { readonly labels: readonly string[]; readonly value: number }[]
}

test('every limit is a series from the start', async () => {
  const metrics = createMetrics()
  const onLimit = countConnectionLimits(metrics)
  onLimit('resets')
  const [family] = (await metrics.read()) as unknown as [Counts]
  expect(family).toMatchObject({ name: 'snetd_connection_limits_total', type: 'counter' })
  const counts = Object.fromEntries(family.series.map(({ labels: [limit], value }) => [limit, value]))
  expect(counts).toEqual(Object.fromEntries(CONNECTION_LIMITS.map((limit) => [limit, limit === 'resets' ? 1 : 0])))
})
