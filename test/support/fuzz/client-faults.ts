import type { Dice } from '../attacker/dice.js'
import { FLAG, frame, FRAME, headerBlock, uint32 } from '../frames.js'

/** What a client may be told of a fault: the stream is reset, or the connection ends, with one of these codes. */
export interface ClientFault {
  readonly name: string
  readonly ends: 'connection' | 'stream'
  readonly codes: readonly number[]
  /** @param open a stream whose request has not ended @param idle one that nobody has opened @param done one that is over */
  bytes(dice: Dice, streams: { readonly open: number; readonly idle: number; readonly done: number }): Buffer
}

const [PROTOCOL, FLOW, CLOSED, SIZE, COMPRESSION] = [1, 3, 5, 6, 9]
const POST = [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/plan.Plan/Chat'],
  [':authority', 'a'],
  ['content-type', 'application/grpc'],
] as const
type Lines = readonly (readonly [string, string])[]

const block = (stream: number, lines: Lines, flags: number = FLAG.endHeaders): Buffer =>
  frame(FRAME.headers, { stream, flags, payload: headerBlock(lines) })
const setting = (id: number, value: number): Buffer =>
  frame(FRAME.settings, { payload: Buffer.concat([Buffer.from([0, id]), uint32(value)]) })
const others = (dice: Dice, length: number, most: number): Buffer => {
  let size = dice.between(0, most)
  if (size === length) size++
  return dice.bytes(size)
}
const connection = (name: string, codes: readonly number[], bytes: ClientFault['bytes']): ClientFault => ({
  ...{ name, codes, bytes },
  ends: 'connection',
})
const stream = (name: string, codes: readonly number[], bytes: ClientFault['bytes']): ClientFault => ({
  ...{ name, codes, bytes },
  ends: 'stream',
})
const without = (name: string): Lines => POST.filter(([field]) => field !== name)

/** A new call whose head is not in order, on the idle stream. */
const badHead = (name: string, lines: (dice: Dice) => Lines): ClientFault =>
  stream(name, [PROTOCOL], (dice, { idle }) =>
    block(idle, lines(dice), FLAG.endHeaders | (dice.oneIn(2) ? FLAG.endStream : 0)),
  )

/** RFC 9113, section by section: each in a connection that is in use and otherwise in order. */
export const CLIENT_FAULTS: readonly ClientFault[] = [
  connection('4.2 a frame above 16 KiB', [SIZE], (dice, { open }) =>
    frame(dice.pick([0, 1, 4, 6, 0x77]), { stream: open, payload: Buffer.alloc(dice.between(16_385, 40_000)) }),
  ),
  connection('4.3 a block that is no HPACK', [COMPRESSION], (dice, { idle }) =>
    frame(FRAME.headers, {
      stream: idle,
      flags: FLAG.endHeaders,
      payload: dice.pick([
        Buffer.from([0x80]),
        Buffer.from([0xff, 0xff, 0x7f]),
        Buffer.from([0x3f, 0xe2, 0x1f]),
        Buffer.from([0, 0x85, 1, 2]),
      ]),
    }),
  ),
  connection('5.1 DATA on an idle stream', [PROTOCOL, CLOSED], (dice, { idle }) =>
    frame(FRAME.data, { stream: idle, payload: dice.bytes(4) }),
  ),
  connection('5.1 a reset of an idle stream', [PROTOCOL], (_dice, { idle }) =>
    frame(FRAME.rstStream, { stream: idle, payload: uint32(8) }),
  ),
  connection('5.1 a window of an idle stream', [PROTOCOL], (_dice, { idle }) =>
    frame(FRAME.windowUpdate, { stream: idle, payload: uint32(8) }),
  ),
  connection('5.1 DATA on a stream that is over', [CLOSED], (dice, { done }) =>
    frame(FRAME.data, { stream: done, payload: dice.bytes(4) }),
  ),
  connection('5.1 HEADERS on a stream that is over', [CLOSED, PROTOCOL], (_dice, { done }) => block(done, POST)),
  connection('5.1.1 an even stream', [PROTOCOL], (dice) => block(2 * dice.between(1, 1_000), POST)),
  connection('6.1 DATA on the connection', [PROTOCOL], (dice) => frame(FRAME.data, { payload: dice.bytes(4) })),
  connection('6.1 too much padding', [PROTOCOL], (dice, { open }) =>
    frame(FRAME.data, { stream: open, flags: FLAG.padded, payload: Buffer.from([dice.between(4, 255), 0, 0, 0]) }),
  ),
  connection('6.2 HEADERS on the connection', [PROTOCOL], () => block(0, POST)),
  connection('6.2 too much padding', [PROTOCOL], (dice, { idle }) =>
    frame(FRAME.headers, {
      stream: idle,
      flags: FLAG.padded | FLAG.endHeaders,
      payload: Buffer.from([dice.between(4, 255), 0, 0, 0]),
    }),
  ),
  connection('6.3 PRIORITY on the connection', [PROTOCOL], (dice) => frame(FRAME.priority, { payload: dice.bytes(5) })),
  stream('6.3 a PRIORITY of another size', [SIZE], (dice, { open }) =>
    frame(FRAME.priority, { stream: open, payload: others(dice, 5, 12) }),
  ),
  connection('6.4 a reset of the connection', [PROTOCOL], () => frame(FRAME.rstStream, { payload: uint32(8) })),
  connection('6.4 a reset of another size', [SIZE], (dice, { open }) =>
    frame(FRAME.rstStream, { stream: open, payload: others(dice, 4, 12) }),
  ),
  connection('6.5 SETTINGS of a stream', [PROTOCOL], (_dice, { open }) => frame(FRAME.settings, { stream: open })),
  connection('6.5 cut SETTINGS', [SIZE], (dice) =>
    frame(FRAME.settings, { payload: dice.bytes(6 * dice.between(0, 5) + dice.between(1, 5)) }),
  ),
  connection('6.5 an acknowledgement with settings', [SIZE], (dice) =>
    frame(FRAME.settings, { flags: FLAG.ack, payload: dice.bytes(6) }),
  ),
  connection('6.5.2 ENABLE_PUSH', [PROTOCOL], (dice) => setting(2, dice.between(2, 2 ** 31))),
  connection('6.5.2 a window above 2^31-1', [FLOW], (dice) => setting(4, dice.between(2 ** 31, 2 ** 32 - 2))),
  connection('6.5.2 frames below 16 KiB', [PROTOCOL], (dice) => setting(5, dice.between(0, 16_383))),
  connection('6.5.2 frames above 16 MiB', [PROTOCOL], (dice) => setting(5, dice.between(2 ** 24, 2 ** 31))),
  connection('6.6 PUSH_PROMISE', [PROTOCOL], (dice, { open }) =>
    frame(FRAME.pushPromise, { stream: open, payload: dice.bytes(8) }),
  ),
  connection('6.7 a PING of a stream', [PROTOCOL], (dice, { open }) =>
    frame(FRAME.ping, { stream: open, payload: dice.bytes(8) }),
  ),
  connection('6.7 a PING of another size', [SIZE], (dice) => frame(FRAME.ping, { payload: others(dice, 8, 20) })),
  connection('6.8 GOAWAY of a stream', [PROTOCOL], (_dice, { open }) =>
    frame(FRAME.goaway, { stream: open, payload: Buffer.alloc(8) }),
  ),
  connection('6.8 a cut GOAWAY', [SIZE, PROTOCOL], (dice) =>
    frame(FRAME.goaway, { payload: dice.bytes(dice.between(0, 7)) }),
  ),
  connection('6.9 a window of another size', [SIZE], (dice, { open }) =>
    frame(FRAME.windowUpdate, { stream: dice.pick([0, open]), payload: others(dice, 4, 9) }),
  ),
  connection('6.9 a connection widened by nothing', [PROTOCOL], () =>
    frame(FRAME.windowUpdate, { payload: uint32(0) }),
  ),
  stream('6.9 a stream widened by nothing', [PROTOCOL], (_dice, { open }) =>
    frame(FRAME.windowUpdate, { stream: open, payload: uint32(0) }),
  ),
  connection('6.9.1 a connection widened too much', [FLOW], () =>
    frame(FRAME.windowUpdate, { payload: uint32(2 ** 31 - 1) }),
  ),
  stream('6.9.1 a stream widened too much', [FLOW], (_dice, { open }) =>
    frame(FRAME.windowUpdate, { stream: open, payload: uint32(2 ** 31 - 1) }),
  ),
  connection('6.10 a CONTINUATION of nothing', [PROTOCOL], (dice, { open }) =>
    frame(FRAME.continuation, { stream: open, flags: dice.pick([0, 4]) }),
  ),
  connection('6.10 a frame within a header block', [PROTOCOL], (dice, { open, idle }) =>
    Buffer.concat([
      block(idle, POST, 0),
      frame(dice.pick([0, 1, 2, 3, 6, 8, 0x33]), { stream: dice.pick([open, idle, 0]), payload: dice.bytes(8) }),
    ]),
  ),
  badHead('8.2 a name in capitals', () => [...POST, ['X-a', '1']]),
  badHead('8.2.1 a value that is none', (dice) => [
    ...POST,
    ['x-a', dice.pick(['\r\n', 'a\0', ' a', 'a\t', 'a\nb: c'])],
  ]),
  badHead('8.2.2 a field of the connection', (dice) => [
    ...POST,
    [dice.pick(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']), 'x'],
  ]),
  badHead('8.2.2 a te that is another', () => [...POST, ['te', 'gzip']]),
  badHead('8.3 a pseudo-field that is unknown', (dice) => [
    ...POST.slice(0, 4),
    [dice.pick([':x', ':status', ':']), '200'],
    ...POST.slice(4),
  ]),
  badHead('8.3 a pseudo-field behind others', () => [...POST, [':path', '/']]),
  badHead('8.3 a pseudo-field twice', (dice) => [dice.pick(POST.slice(0, 3)), ...POST]),
  badHead('8.3.1 a request without its method, scheme or path', (dice) =>
    without(dice.pick([':method', ':scheme', ':path'])),
  ),
  stream('8.1 trailers that are no end', [PROTOCOL], (_dice, { open }) => block(open, [['x', '1']])),
  stream('8.1 trailers with a pseudo-field', [PROTOCOL], (_dice, { open }) =>
    block(open, [[':path', '/']], FLAG.endHeaders | FLAG.endStream),
  ),
  stream('8.1.1 another length than announced', [PROTOCOL], (dice, { idle }) =>
    Buffer.concat([
      block(idle, [...POST, ['content-length', String(dice.between(1, 5))]]),
      frame(FRAME.data, { stream: idle, flags: FLAG.endStream, payload: dice.bytes(dice.pick([0, 6, 100])) }),
    ]),
  ),
]

/** Which of the streams the reset is of. */
export const isOfOpenStream = ({ name }: ClientFault): boolean => /^(6\.|8\.1 )/.test(name)
