import { FLAG, frame, FRAME, headerBlock } from '../../../../support/frames.js'
import {
  block,
  data,
  goOn,
  headers,
  hex,
  last,
  type Lines,
  ping,
  priority,
  reset,
  settings,
  widen,
  zeros,
} from './case.js'
import {
  answer,
  breaks,
  breaksUnnamed,
  CALL,
  end,
  fails,
  head,
  HEAD,
  information,
  MESSAGE,
  message,
  nodeBreaks,
  nodeServes,
  promise,
  serves,
  type ServiceCase,
  type ServiceSection,
  trailers,
  TRAILERS,
} from './service-case.js'

const END = FLAG.endHeaders | FLAG.endStream
const LARGEST = 2 ** 31 - 1
const SETTING = { table: 1, push: 2, streams: 3, window: 4, frame: 5 } as const
const IDLE = 99

/** An answer that begins with these lines. */
const begun = (...lines: Lines): readonly Buffer[] => [headers(CALL, lines), message, trailers()]
const malformed = (what: string, ...more: Lines): readonly ServiceCase[] => [
  fails(`${what}, in headers`, [head(...more), message, trailers()]),
  fails(`${what}, in trailers`, [head(), message, trailers(...more)]),
]
/** The same, and what Node makes of it. */
const unclean = (what: string, ...more: Lines): readonly ServiceCase[] =>
  malformed(what, ...more).map((one) => ({ ...one, ...nodeServes('it leaves such a field out') }))
const PASSES_OVER = 'it passes over frames of streams that are closed'
const length = (value: string): Lines => [['content-length', value]]

/** RFC 9113 8: what an answer consists of. */
const messages: readonly ServiceSection[] = [
  {
    title: '8.1 the frames of an answer',
    cases: [
      serves('headers, a body, trailers', answer),
      serves('100 and 103 before it', [information('100'), information('103'), information('103'), ...answer]),
      fails('103 that ends the stream', [information('103', END)]),
      fails('103 behind the headers', [head(), information('103'), message, trailers()]),
      fails('DATA before the headers', [message, ...answer], 'PROTOCOL_ERROR', nodeBreaks('PROTOCOL_ERROR')),
      fails('DATA behind 103, before the headers', [information('103'), message, ...answer]),
      fails('DATA and nothing else', [last(CALL, MESSAGE)], 'PROTOCOL_ERROR', nodeBreaks('PROTOCOL_ERROR')),
      fails('headers twice', [head(), head(), message, trailers()]),
      fails('trailers that are no end', [head(), message, headers(CALL, TRAILERS)]),
      { ...serves('no trailers', [head(), message, end]), status: 13 },
      serves('a reset without an error behind it', [...answer, reset(CALL, 0)]),
    ],
  },
  {
    title: '8.1.1 the length that is announced',
    cases: [
      serves('is what comes', [head(...length('6')), message, trailers()]),
      fails('is more than comes', [head(...length('7')), message, trailers()]),
      fails('is less than comes', [head(...length('5')), message, trailers()]),
      fails('is no number', [head(...length('x')), message, trailers()]),
      fails('is said in two ways', [head(...length('6'), ...length('7')), message, trailers()]),
      fails('is that of a body, and there is none', [headers(CALL, [...HEAD, ...TRAILERS, ...length('6')], END)]),
    ],
  },
  {
    title: '8.2 names and values',
    cases: [
      ...malformed('a name in capitals', ['X-A', '1']),
      ...malformed('connection', ['connection', 'close']),
      ...malformed('transfer-encoding', ['transfer-encoding', 'chunked']),
      ...unclean('a name with a space', ['x a', '1']),
      ...unclean('a value with a line break', ['x-a', '1\r\nb: 2']),
      ...unclean('a value with a zero', ['x-a', '1\x002']),
      ...unclean('a value with a space before it', ['x-a', ' 1']),
    ],
  },
  {
    title: '8.3.2 pseudo-fields',
    cases: [
      fails('no status', begun(['content-type', 'application/grpc'])),
      fails('a status of two digits', begun([':status', '20'], ['content-type', 'application/grpc'])),
      fails('a status that is no number', begun([':status', 'abc'], ['content-type', 'application/grpc'])),
      fails('two statuses', begun([':status', '200'], ...HEAD)),
      fails('a status behind others', begun(['content-type', 'application/grpc'], [':status', '200'])),
      fails('a path', begun([':path', '/'], ...HEAD)),
      fails('one that nobody knows', begun([':x', '1'], ...HEAD)),
      fails('a status in trailers', [head(), message, headers(CALL, [[':status', '200'], ...TRAILERS], END)]),
      fails('8.6: a change of protocol', [information('101'), ...answer]),
    ],
  },
]

/** RFC 9113 4 to 6: frames, streams and what they do to the connection. */
const frames: readonly ServiceSection[] = [
  {
    title: '4.1 the format of frames',
    cases: [
      serves('unknown kinds are ignored', [frame(0x42, { stream: CALL, flags: 255 }), frame(0x42), ...answer]),
      serves('flags without a meaning are ignored', [headers(CALL, HEAD, 0x56), message, trailers()]),
    ],
  },
  {
    title: '4.2 the size of frames',
    cases: [
      breaks('DATA above it', [head(), zeros(FRAME.data, 16_385, CALL)], 'FRAME_SIZE_ERROR'),
      breaks('HEADERS above it', [zeros(FRAME.headers, 16_385, CALL)], 'FRAME_SIZE_ERROR'),
      breaks('unknown kinds above it', [zeros(0x42, 16_385, 0)], 'FRAME_SIZE_ERROR'),
    ],
  },
  {
    title: '4.3, 6.10 header blocks in pieces',
    cases: [
      serves('some of them empty', [
        headers(CALL, HEAD.slice(0, 1), 0),
        goOn(CALL),
        goOn(CALL, Buffer.concat([headerBlock(HEAD.slice(1))]), FLAG.endHeaders),
        message,
        trailers(),
      ]),
      breaks('with DATA within', [headers(CALL, HEAD, 0), message]),
      breaks('with PING within', [headers(CALL, HEAD, 0), ping('12345678')]),
      breaks('with an unknown kind within', [headers(CALL, HEAD, 0), frame(0x42)]),
      breaks('with the piece of another stream within', [headers(CALL, HEAD, 0), goOn(1)]),
      breaks('of nothing', [goOn(CALL, undefined, FLAG.endHeaders)]),
      breaksUnnamed(
        'without end',
        [headers(CALL, HEAD, 0), ...Array.from({ length: 200 }, () => goOn(CALL))],
        'ENHANCE_YOUR_CALM',
      ),
    ],
  },
  {
    title: '5.1 streams that are idle, or the other side’s',
    cases: [
      breaks('DATA of an idle one', [data(IDLE)]),
      breaksUnnamed('HEADERS of an idle one', [headers(IDLE, HEAD)]),
      breaksUnnamed('RST_STREAM of an idle one', [reset(IDLE)]),
      breaksUnnamed('WINDOW_UPDATE of an idle one', [widen(IDLE, 1)]),
      breaks('DATA of an even one', [data(2)]),
      breaksUnnamed('HEADERS of an even one', [headers(2, HEAD)]),
      breaksUnnamed('RST_STREAM of an even one', [reset(2)]),
      breaksUnnamed('WINDOW_UPDATE of an even one', [widen(2, 1)]),
      serves('PRIORITY of any', [priority(IDLE, 1), priority(2, 1), ...answer]),
    ],
  },
  {
    title: '5.1 streams that are over',
    cases: [
      breaks('DATA', [...answer, data(CALL)], 'STREAM_CLOSED', nodeServes(PASSES_OVER)),
      breaks('HEADERS', [...answer, head()], 'STREAM_CLOSED', nodeServes(PASSES_OVER)),
      serves('WINDOW_UPDATE, PRIORITY and RST_STREAM', [...answer, widen(CALL, 1), priority(CALL, 1), reset(CALL)]),
    ].map((one) => (one.lives ? one : { ...one, status: 0 })),
  },
  {
    title: '6.1, 6.2 padding and priorities',
    cases: [
      serves('of DATA', [
        head(),
        frame(FRAME.data, {
          stream: CALL,
          flags: FLAG.padded,
          payload: Buffer.concat([Buffer.from([2]), MESSAGE, Buffer.alloc(2)]),
        }),
        trailers(),
      ]),
      breaks('of DATA, too much', [
        head(),
        frame(FRAME.data, { stream: CALL, flags: FLAG.padded, payload: hex('09 00 00') }),
      ]),
      breaks('DATA of the connection', [data(0)]),
      serves('of HEADERS', [
        frame(FRAME.headers, {
          stream: CALL,
          flags: FLAG.endHeaders | FLAG.padded | FLAG.priority,
          payload: Buffer.concat([hex('03 00000001 07'), headerBlock(HEAD), Buffer.alloc(3)]),
        }),
        message,
        trailers(),
      ]),
      breaks('of HEADERS, too much', [
        frame(FRAME.headers, { stream: CALL, flags: FLAG.endHeaders | FLAG.padded, payload: hex('09 00 00') }),
      ]),
      breaksUnnamed('HEADERS of the connection', [headers(0, HEAD)]),
    ],
  },
  {
    title: '6.5 SETTINGS',
    cases: [
      serves('that nobody knows', [settings([0xff, 7], [0xabcd, 1]), ...answer]),
      serves('ENABLE_PUSH of 0', [settings([SETTING.push, 0]), ...answer]),
      serves('no table for header fields', [settings([SETTING.table, 0]), ...answer]),
      serves('fewer streams than there are', [settings([SETTING.streams, 1]), ...answer]),
      serves('no windows', [settings([SETTING.window, 0]), ...answer, settings([SETTING.window, 65_535])]),
      breaksUnnamed('ENABLE_PUSH of 1, which only a client may want', [settings([SETTING.push, 1])]),
      breaksUnnamed('ENABLE_PUSH of 2', [settings([SETTING.push, 2])]),
      breaksUnnamed('a window above 2^31-1', [settings([SETTING.window, 2 ** 31])], 'FLOW_CONTROL_ERROR'),
      breaksUnnamed('frames below 16 KiB', [settings([SETTING.frame, 16_383])]),
      breaksUnnamed('frames above 16 MiB', [settings([SETTING.frame, 2 ** 24])]),
      breaks('cut', [zeros(FRAME.settings, 5, 0)], 'FRAME_SIZE_ERROR'),
      breaksUnnamed('of a stream', [frame(FRAME.settings, { stream: CALL })]),
      breaks(
        'in an acknowledgement',
        [frame(FRAME.settings, { flags: FLAG.ack, payload: Buffer.alloc(6) })],
        'FRAME_SIZE_ERROR',
      ),
    ],
  },
  {
    title: '6.6, 8.4 push',
    cases: [
      breaksUnnamed('although it is not wanted', [promise(CALL, 2)]),
      breaksUnnamed('of a stream of ours', [promise(CALL, 5)]),
    ],
  },
  {
    title: '6.7 PING, 6.8 GOAWAY',
    cases: [
      serves('a PING', [ping('12345678'), ...answer]),
      breaks('a PING that is cut', [zeros(FRAME.ping, 7, 0)], 'FRAME_SIZE_ERROR'),
      breaksUnnamed('a PING of a stream', [zeros(FRAME.ping, 8, CALL)]),
      breaks('a GOAWAY that is cut', [zeros(FRAME.goaway, 7, 0)], 'FRAME_SIZE_ERROR'),
      breaksUnnamed('a GOAWAY of a stream', [zeros(FRAME.goaway, 8, CALL)]),
    ],
  },
  {
    title: '6.9 WINDOW_UPDATE',
    cases: [
      fails('the stream by nothing', [widen(CALL, 0)], 'PROTOCOL_ERROR', nodeBreaks('INTERNAL_ERROR')),
      fails(
        'the stream by too much',
        [widen(CALL, LARGEST)],
        'FLOW_CONTROL_ERROR',
        nodeBreaks('INTERNAL_ERROR', `stream ${CALL}: FLOW_CONTROL_ERROR`),
      ),
      breaksUnnamed('the connection by nothing', [widen(0, 0)]),
      breaksUnnamed('the connection by too much', [widen(0, LARGEST)], 'FLOW_CONTROL_ERROR'),
      breaks('cut', [zeros(FRAME.windowUpdate, 3, CALL)], 'FRAME_SIZE_ERROR'),
    ],
  },
]

/** RFC 7541: header blocks that cannot be decoded. Nobody knows any more what later ones would mean. */
const hpack: readonly ServiceSection[] = [
  {
    title: 'header blocks of answers',
    cases: [
      breaks('2.3.3: a field that is in no table', [block(CALL, hex('ff00'), FLAG.endHeaders)], 'COMPRESSION_ERROR'),
      breaks('5.1: an integer without end', [block(CALL, hex('ffffffffffffffffffff'))], 'COMPRESSION_ERROR'),
      breaks('5.2: a text longer than the block', [block(CALL, hex('00 7f 00 61'))], 'COMPRESSION_ERROR'),
      breaks('6.1: field 0', [block(CALL, hex('80'))], 'COMPRESSION_ERROR'),
      breaks('6.3: a table larger than allowed', [block(CALL, hex('3fe2ff3f 88'))], 'COMPRESSION_ERROR'),
      serves('6.3: a table of nothing', [
        block(CALL, Buffer.concat([hex('20'), headerBlock(HEAD)]), FLAG.endHeaders),
        message,
        trailers(),
      ]),
      {
        ...breaks(
          'that is cut, of a call that was reset before',
          [information('103', END), block(CALL, hex('ff00'), FLAG.endHeaders)],
          'COMPRESSION_ERROR',
          nodeBreaks('INTERNAL_ERROR', `stream ${CALL}: PROTOCOL_ERROR`),
        ),
        status: 13,
        tells: [`stream ${CALL}: PROTOCOL_ERROR`, 'connection: COMPRESSION_ERROR'],
      },
    ],
  },
]

export const serviceSuites = [
  ['RFC 9113', [...frames, ...messages]],
  ['RFC 7541', hpack],
] as const
