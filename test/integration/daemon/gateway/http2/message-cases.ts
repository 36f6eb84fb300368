import { frame, FRAME, headerBlock } from '../../../../support/frames.js'
import {
  answers,
  block,
  type Case,
  data,
  ends,
  headers,
  last,
  type Lines,
  nodeEnds,
  POST,
  resets,
  type Section,
  whole,
} from './case.js'

/** One of 2 000 bytes, which has the number 62 in the table. */
const KEPT = headerBlock([['x', 'y'.repeat(2_000)]])
KEPT.writeUInt8(0x40)
const FIRST_KEPT = 0x80 + 62

const without = (name: string): Lines => POST.filter(([field]) => field !== name)
const length = (...values: string[]): Lines => [...POST, ...values.map((value) => ['content-length', value] as const)]

/** A request with this besides is malformed. */
const malformed = (what: string, ...more: Lines): Case => ({
  what,
  send: [whole(1, [...POST, ...more])],
  answer: resets('PROTOCOL_ERROR'),
})
/** The same, and what Node makes of it. */
const unclean = (what: string, ...more: Lines): Case => ({
  ...malformed(what, ...more),
  node: { answer: answers(), why: 'it leaves such a field out, and takes the rest for a request' },
})
const CONNECT: Lines = [
  [':method', 'CONNECT'],
  [':authority', 'a:1'],
]
const POST_CONNECT: Lines = [[':method', 'CONNECT'], ...POST.slice(1)]
/** One that is malformed. */
const connect = (what: string, ...lines: Lines): Case => ({
  what,
  send: [whole(1, lines)],
  answer: resets('PROTOCOL_ERROR'),
})

/** A request with this besides is not. */
const good = (what: string, ...more: Lines): Case => ({ what, send: [whole(1, [...POST, ...more])], answer: answers() })

/** RFC 9113 8: what a request consists of. */
export const messageCases: readonly Section[] = [
  {
    title: '8.1 the frames of a request',
    cases: [
      {
        what: 'headers, a body, trailers',
        send: [headers(1), data(1, 'ab'), whole(1, [['x', '1']])],
        answer: [...answers(), 'data 1: ab'],
      },
      {
        what: 'trailers that are no end',
        send: [headers(1), headers(1, [['x', '1']])],
        answer: resets('PROTOCOL_ERROR'),
      },
      {
        what: 'a pseudo-field among trailers',
        send: [headers(1), whole(1, [[':path', '/']])],
        answer: resets('PROTOCOL_ERROR'),
      },
      {
        what: 'the request again as its own trailers',
        send: [headers(1), whole(1)],
        answer: resets('PROTOCOL_ERROR'),
      },
      {
        what: 'an empty frame at the end',
        send: [headers(1), data(1, 'ab'), last(1)],
        answer: [...answers(), 'data 1: ab'],
      },
    ],
  },
  {
    title: '8.1.1 the length that is announced',
    cases: [
      { what: 'is what comes', send: [headers(1, length('2')), last(1, 'ab')], answer: answers() },
      { what: 'is nothing', send: [whole(1, length('0'))], answer: answers() },
      { what: 'is more than comes', send: [headers(1, length('2')), last(1, 'a')], answer: resets('PROTOCOL_ERROR') },
      { what: 'is more than the nothing that comes', send: [whole(1, length('2'))], answer: resets('PROTOCOL_ERROR') },
      { what: 'is less than comes', send: [headers(1, length('2')), last(1, 'abc')], answer: resets('PROTOCOL_ERROR') },
      {
        what: 'is more than comes before trailers',
        send: [headers(1, length('2')), data(1, 'a'), whole(1, [['x', '1']])],
        answer: resets('PROTOCOL_ERROR'),
      },
      { what: 'is said in two ways', send: [headers(1, length('2', '3'))], answer: resets('PROTOCOL_ERROR') },
      { what: 'is no number', send: [headers(1, length('-1'))], answer: resets('PROTOCOL_ERROR') },
    ],
  },
  {
    title: '8.2.1 names and values',
    cases: [
      malformed('a name in capitals', ['X-A', '1']),
      unclean('a name with a space', ['x a', '1']),
      unclean('a name with a colon', ['x:a', '1']),
      unclean('a name with a letter of Latin-1', ['x\xe4', '1']),
      unclean('a name of nothing', ['', '1']),
      unclean('a value with a line break', ['x-a', '1\r\nb: 2']),
      unclean('a value with a line feed', ['x-a', '1\n2']),
      unclean('a value with a carriage return', ['x-a', '1\r2']),
      unclean('a value with a zero', ['x-a', '1\x002']),
      unclean('a value with a space before it', ['x-a', ' 1']),
      unclean('a value with a tab behind it', ['x-a', '1\t']),
      good('a value of nothing', ['x-a', '']),
      good('a value with Latin-1, spaces and tabs within', ['x-a', 'a \t\xe4\xff']),
    ],
  },
  {
    title: '8.2.2 fields of a connection',
    cases: [
      malformed('connection', ['connection', 'close']),
      malformed('keep-alive', ['keep-alive', '5']),
      malformed('proxy-connection', ['proxy-connection', 'close']),
      malformed('transfer-encoding', ['transfer-encoding', 'chunked']),
      malformed('upgrade', ['upgrade', 'websocket']),
      malformed('te of gzip', ['te', 'gzip']),
      malformed('te of more than trailers', ['te', 'trailers, deflate']),
      good('te of trailers', ['te', 'trailers']),
    ],
  },
  {
    title: '8.2.3 cookies',
    cases: [good('in several fields', ['cookie', 'a=1'], ['cookie', 'b=2'])],
  },
  {
    title: '8.3 pseudo-fields',
    cases: [
      malformed('unknown', [':x', '1']),
      malformed('of answers', [':status', '200']),
      malformed('behind others', ['x', '1'], [':path', '/']),
      malformed('twice', [':path', '/']),
      malformed('twice with the same value', [':method', 'POST']),
      { what: 'behind all others', send: [whole(1, [['x', '1'], ...POST])], answer: resets('PROTOCOL_ERROR') },
      { what: 'no method', send: [whole(1, without(':method'))], answer: resets('PROTOCOL_ERROR') },
      { what: 'no scheme', send: [whole(1, without(':scheme'))], answer: resets('PROTOCOL_ERROR') },
      { what: 'no path', send: [whole(1, without(':path'))], answer: resets('PROTOCOL_ERROR') },
      {
        what: 'an empty path',
        send: [whole(1, [...without(':path'), [':path', '']])],
        answer: resets('PROTOCOL_ERROR'),
      },
      {
        what: 'a host in place of an authority',
        send: [whole(1, [...without(':authority'), ['host', 'a']])],
        answer: answers(),
      },
    ],
  },
  {
    title: '8.5 CONNECT',
    cases: [
      { what: 'has an authority and no path', send: [whole(1, CONNECT)], answer: answers() },
      connect('without an authority', [':method', 'CONNECT']),
      connect('with a path', ...CONNECT, [':path', '/']),
      connect('with a scheme', ...CONNECT, [':scheme', 'http']),
      connect('to speak another protocol, which was not offered (RFC 8441)', ...POST_CONNECT, [
        ':protocol',
        'websocket',
      ]),
    ],
  },
  {
    title: '8.7 calls that were not heard of',
    cases: [
      {
        what: 'may be made again: what is refused was not begun',
        send: [headers(1), headers(3), whole(5)],
        answer: resets('REFUSED_STREAM', 5),
      },
    ],
  },
  {
    title: '10.5.1 a header block without end',
    cases: [
      {
        what: 'in pieces of nothing',
        send: [headers(1, POST, 0), ...Array.from({ length: 200 }, () => frame(FRAME.continuation, { stream: 1 }))],
        answer: ends('ENHANCE_YOUR_CALM'),
        node: nodeEnds(),
      },
      {
        what: 'a list that is too large is for one call only',
        send: [block(1, Buffer.concat([headerBlock(POST), KEPT, Buffer.alloc(60, FIRST_KEPT)])), whole(3)],
        answer: [...answers(1, 431), ...resets('NO_ERROR'), ...answers(3)],
        node: {
          answer: [...answers(), ...answers(3)],
          why: 'what it reads is bounded by the number of fields; the gate judges the size',
        },
      },
    ],
  },
]
