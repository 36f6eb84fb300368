import { FLAG, frame, FRAME, PREFACE, uint32 } from '../../../../support/frames.js'
import {
  answers,
  block,
  data,
  ends,
  goOn,
  headers,
  hex,
  last,
  type Lines,
  nodeEnds,
  ping,
  POST,
  priority,
  reset,
  resets,
  type Section,
  settings,
  whole,
  widen,
  zeros,
} from './case.js'

const SETTING = { table: 1, push: 2, streams: 3, window: 4, frame: 5, list: 6 } as const
const LARGEST = 2 ** 31 - 1
const goaway = (lastStream: number, text = ''): Buffer =>
  frame(FRAME.goaway, { payload: Buffer.concat([uint32(lastStream), uint32(0), Buffer.from(text)]) })
const padded = (type: number, flags: number, payload: readonly number[]): Buffer =>
  frame(type, { stream: 1, flags: flags | FLAG.padded, payload: Buffer.from(payload) })
const reserved = (bytes: Buffer): Buffer => {
  bytes.writeUInt8(bytes.readUInt8(5) | 0x80, 5)
  return bytes
}

const MALFORMED: Lines = [...POST, ['X-A', '1']]

/** RFC 9113, frames and what they do to the connection. */
export const connectionCases: readonly Section[] = [
  {
    title: '3.4 the preface',
    cases: [
      { what: 'and a request', send: [whole(1)], answer: answers() },
      {
        what: 'another one',
        hello: Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\rX'),
        send: [],
        answer: ends('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
      {
        what: 'no SETTINGS behind it',
        hello: PREFACE,
        send: [headers(1)],
        answer: ends('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
      {
        what: 'an acknowledgement in place of SETTINGS',
        hello: PREFACE,
        send: [frame(FRAME.settings, { flags: FLAG.ack })],
        answer: ends('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
    ],
  },
  {
    title: '4.1 the format of frames',
    cases: [
      {
        what: 'unknown kinds are ignored',
        send: [frame(0x42, { stream: 5, flags: 255 }), whole(1)],
        answer: answers(),
      },
      { what: 'the reserved bit is ignored', send: [reserved(whole(1))], answer: answers() },
      { what: 'flags without a meaning are ignored', send: [headers(1, POST, 0x55 & ~0x28)], answer: answers() },
    ],
  },
  {
    title: '4.2 the size of frames',
    cases: [
      {
        what: 'DATA as large as may be',
        send: [headers(1), last(1, Buffer.alloc(16_384, 'x'))],
        answer: answers(),
      },
      {
        what: 'DATA above it',
        send: [headers(1), last(1, Buffer.alloc(16_385))],
        answer: ends('FRAME_SIZE_ERROR'),
      },
      { what: 'HEADERS above it', send: [block(1, Buffer.alloc(16_385))], answer: ends('FRAME_SIZE_ERROR') },
      { what: 'unknown kinds above it', send: [zeros(0x42, 16_385, 0)], answer: ends('FRAME_SIZE_ERROR') },
    ],
  },
  {
    title: '4.3 header blocks',
    cases: [
      {
        what: 'in several pieces, some of them empty',
        send: [
          headers(1, POST.slice(0, 2), FLAG.endStream),
          goOn(1),
          frame(FRAME.continuation, { stream: 1, payload: headers(1, POST.slice(2)).subarray(9) }),
          goOn(1, undefined, FLAG.endHeaders),
        ],
        answer: answers(),
      },
      { what: 'that cannot be decoded', send: [block(1, hex('ff00'))], answer: ends('COMPRESSION_ERROR') },
      {
        what: 'that cannot be decoded, of a stream that is refused',
        send: [headers(1, MALFORMED), ...resets('PROTOCOL_ERROR'), block(1, hex('ff00'))],
        answer: [...resets('PROTOCOL_ERROR'), ...ends('COMPRESSION_ERROR')],
      },
      { what: 'with DATA within', send: [headers(1, POST, 0), data(1)], answer: ends('PROTOCOL_ERROR') },
      { what: 'with PING within', send: [headers(1, POST, 0), ping('12345678')], answer: ends('PROTOCOL_ERROR') },
      { what: 'with an unknown kind within', send: [headers(1, POST, 0), frame(0x42)], answer: ends('PROTOCOL_ERROR') },
    ],
  },
  {
    title: '5.4 errors',
    cases: [
      {
        what: 'the last stream that was heard of is told',
        send: [whole(1), 'answer 1: 200', zeros(FRAME.ping, 7, 0)],
        answer: [...answers(), ...ends('FRAME_SIZE_ERROR'), 'last 1'],
      },
      {
        what: 'one of a stream leaves the others',
        send: [headers(1, [...POST, ['content-length', '2']]), headers(3), last(1, 'a'), last(3)],
        answer: [...resets('PROTOCOL_ERROR'), ...answers(3)],
      },
    ],
  },
  {
    title: '6.1 DATA',
    cases: [
      { what: 'of the connection', send: [data(0)], answer: ends('PROTOCOL_ERROR') },
      {
        what: 'with padding',
        send: [headers(1), padded(FRAME.data, FLAG.endStream, [2, 97, 98, 0, 0])],
        answer: [...answers(), 'data 1: ab'],
      },
      {
        what: 'of nothing but padding',
        send: [headers(1), padded(FRAME.data, 0, [2, 0, 0]), last(1, 'ab')],
        answer: [...answers(), 'data 1: ab'],
      },
      {
        what: 'with too much padding',
        send: [headers(1), padded(FRAME.data, 0, [9, 0, 0])],
        answer: ends('PROTOCOL_ERROR'),
      },
      {
        what: 'with padding as long as all of it',
        send: [headers(1), padded(FRAME.data, 0, [3, 0, 0])],
        answer: ends('PROTOCOL_ERROR'),
      },
    ],
  },
  {
    title: '6.2 HEADERS',
    cases: [
      { what: 'of the connection', send: [headers(0)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      {
        what: 'with padding and a priority',
        send: [
          frame(FRAME.headers, {
            stream: 1,
            flags: FLAG.endHeaders | FLAG.endStream | FLAG.padded | FLAG.priority,
            payload: Buffer.concat([
              Buffer.from([3]),
              uint32(0),
              Buffer.from([7]),
              whole(1).subarray(9),
              Buffer.alloc(3),
            ]),
          }),
        ],
        answer: answers(),
      },
      {
        what: 'with too much padding',
        send: [padded(FRAME.headers, FLAG.endHeaders, [9, 0, 0])],
        answer: ends('PROTOCOL_ERROR'),
      },
      {
        what: 'cut within its priority',
        send: [frame(FRAME.headers, { stream: 1, flags: FLAG.priority | FLAG.endHeaders, payload: Buffer.alloc(4) })],
        answer: ends('FRAME_SIZE_ERROR'),
      },
    ],
  },
  {
    title: '6.3 PRIORITY',
    cases: [
      { what: 'of the connection', send: [priority(0, 1)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      {
        what: 'cut',
        send: [headers(1), zeros(FRAME.priority, 4)],
        answer: resets('FRAME_SIZE_ERROR'),
        node: {
          answer: ends('FRAME_SIZE_ERROR'),
          why: 'it takes every frame of a wrong size for a fault of the connection',
        },
      },
      {
        what: 'of any stream, whatever became of it',
        send: [priority(9, 3), whole(1), priority(1, 5)],
        answer: answers(),
      },
    ],
  },
  {
    title: '6.4 RST_STREAM',
    cases: [
      { what: 'of the connection', send: [reset(0)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      { what: 'cut', send: [headers(1), zeros(FRAME.rstStream, 3)], answer: ends('FRAME_SIZE_ERROR') },
      { what: 'of an idle stream', send: [reset(1)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      { what: '7: with a code that nobody knows', send: [headers(1), reset(1, 0xfeed), whole(3)], answer: answers(3) },
    ],
  },
  {
    title: '6.5 SETTINGS',
    cases: [
      {
        what: 'are acknowledged',
        send: [settings([SETTING.list, 1])],
        answer: Array<string>(2).fill('settings acknowledged'),
      },
      {
        what: 'of a stream',
        send: [frame(FRAME.settings, { stream: 1 })],
        answer: ends('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
      { what: 'cut', send: [zeros(FRAME.settings, 5, 0)], answer: ends('FRAME_SIZE_ERROR') },
      {
        what: 'in an acknowledgement',
        send: [frame(FRAME.settings, { flags: FLAG.ack, payload: Buffer.alloc(6) })],
        answer: ends('FRAME_SIZE_ERROR'),
      },
      { what: 'that nobody knows', send: [settings([0xff, 7], [0xabcd, 1]), whole(1)], answer: answers() },
      {
        what: 'ENABLE_PUSH of 0 and of 1',
        send: [settings([SETTING.push, 0], [SETTING.push, 1]), whole(1)],
        answer: answers(),
      },
      {
        what: 'ENABLE_PUSH of 2',
        send: [settings([SETTING.push, 2])],
        answer: ends('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
      {
        what: 'a window above 2^31-1',
        send: [settings([SETTING.window, 2 ** 31])],
        answer: ends('FLOW_CONTROL_ERROR'),
        node: nodeEnds(),
      },
      {
        what: 'frames below 16 KiB',
        send: [settings([SETTING.frame, 16_383])],
        answer: ends('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
      {
        what: 'frames above 16 MiB',
        send: [settings([SETTING.frame, 2 ** 24])],
        answer: ends('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
      {
        what: 'no table for header fields, and then one again',
        send: [
          settings([SETTING.table, 0]),
          whole(1),
          'answer 1: 200',
          settings([SETTING.table, 4_096]),
          whole(3),
          'answer 3: 200',
          whole(5),
        ],
        answer: [...answers(), ...answers(3), ...answers(5)],
      },
      {
        what: 'the last one of a kind counts',
        send: [settings([SETTING.window, 1], [SETTING.window, 2]), headers(1), last(1, 'abc')],
        answer: [...answers(), 'data 1: ab'],
      },
    ],
  },
  {
    title: '6.6 PUSH_PROMISE, 8.4 push',
    cases: [
      {
        what: 'of a client',
        send: [headers(1), zeros(FRAME.pushPromise, 4)],
        answer: ends('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
    ],
  },
  {
    title: '6.7 PING',
    cases: [
      { what: 'is answered with what it carries', send: [ping('12345678')], answer: ['pong 12345678'] },
      {
        what: 'an answer to one is not answered',
        send: [ping('12345678', FLAG.ack), ping('abcdefgh')],
        answer: ['pong abcdefgh'],
        node: { answer: ends('INTERNAL_ERROR'), why: 'it takes an answer that it has not asked for as a fault' },
      },
      { what: 'of a stream', send: [zeros(FRAME.ping, 8)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      { what: 'cut', send: [zeros(FRAME.ping, 7, 0)], answer: ends('FRAME_SIZE_ERROR') },
      { what: 'too long', send: [zeros(FRAME.ping, 9, 0)], answer: ends('FRAME_SIZE_ERROR') },
    ],
  },
  {
    title: '6.8 GOAWAY',
    cases: [
      { what: 'of a stream', send: [zeros(FRAME.goaway, 8)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      { what: 'cut', send: [zeros(FRAME.goaway, 7, 0)], answer: ends('FRAME_SIZE_ERROR') },
      {
        what: 'of a client, with words: what was begun is answered',
        send: [headers(1), goaway(0, 'good bye'), last(1, 'ab')],
        answer: [...answers(), 'data 1: ab'],
        node: {
          answer: [...ends('NO_ERROR'), ...answers(), 'data 1: ab', ...ends('NO_ERROR')],
          why: 'it says that it leaves, too',
        },
      },
    ],
  },
  {
    title: '6.9 WINDOW_UPDATE, 5.2 flow control',
    cases: [
      { what: 'cut', send: [zeros(FRAME.windowUpdate, 3, 0)], answer: ends('FRAME_SIZE_ERROR') },
      { what: 'of a stream, cut', send: [headers(1), zeros(FRAME.windowUpdate, 3)], answer: ends('FRAME_SIZE_ERROR') },
      { what: 'the connection by nothing', send: [widen(0, 0)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      {
        what: 'a stream by nothing',
        send: [headers(1), widen(1, 0)],
        answer: resets('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
      {
        what: 'the connection by too much',
        send: [widen(0, LARGEST)],
        answer: ends('FLOW_CONTROL_ERROR'),
        node: nodeEnds(),
      },
      {
        what: 'a stream by too much',
        send: [headers(1), widen(1, LARGEST)],
        answer: resets('FLOW_CONTROL_ERROR'),
        node: nodeEnds(...resets('FLOW_CONTROL_ERROR')),
      },
      {
        what: '6.9.2: streams by too much, through a setting',
        send: [headers(1), widen(1, LARGEST - 65_535), settings([SETTING.window, LARGEST])],
        answer: ends('FLOW_CONTROL_ERROR'),
        node: { answer: resets('FLOW_CONTROL_ERROR'), why: 'it resets the stream alone' },
      },
      {
        what: 'a window of nothing is waited for',
        send: [
          settings([SETTING.window, 0]),
          headers(1),
          last(1, 'ab'),
          'answer 1: 200',
          widen(1, 1),
          'data 1: a',
          widen(1, 9),
        ],
        answer: [...answers(), 'data 1: a', 'data 1: b'],
      },
      {
        what: '6.9.2: a setting widens the streams that are open',
        send: [
          settings([SETTING.window, 0]),
          headers(1),
          last(1, 'ab'),
          'answer 1: 200',
          settings([SETTING.window, 2]),
        ],
        answer: [...answers(), 'data 1: ab'],
      },
      {
        what: '6.9.2: a window below nothing is waited for',
        send: [
          ...[settings([SETTING.window, 3]), headers(1), last(1, 'abcdef'), 'data 1: abc'],
          ...[settings([SETTING.window, 1]), 'settings acknowledged', widen(1, 2), widen(1, 1)],
        ],
        answer: [
          'settings acknowledged',
          'settings acknowledged',
          ...answers(),
          'data 1: abc',
          'settings acknowledged',
          'data 1: d',
        ],
      },
      {
        what: 'a client that sends more than its window',
        send: [headers(1, [...POST, ['x-unread', '1']]), ...Array<Buffer>(5).fill(data(1, Buffer.alloc(16_000)))],
        answer: resets('FLOW_CONTROL_ERROR'),
      },
    ],
  },
  {
    title: '6.10 CONTINUATION',
    cases: [
      { what: 'of nothing', send: [goOn(1, undefined, FLAG.endHeaders)], answer: ends('PROTOCOL_ERROR') },
      { what: 'of another stream', send: [headers(1, POST, 0), goOn(3)], answer: ends('PROTOCOL_ERROR') },
      { what: 'of the connection', send: [headers(1, POST, 0), goOn(0)], answer: ends('PROTOCOL_ERROR') },
      { what: 'behind a block that is whole', send: [headers(1), goOn(1)], answer: ends('PROTOCOL_ERROR') },
      { what: 'behind DATA', send: [headers(1), data(1), goOn(1)], answer: ends('PROTOCOL_ERROR') },
    ],
  },
]
