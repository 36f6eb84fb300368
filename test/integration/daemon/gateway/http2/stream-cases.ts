import { FLAG, frame, FRAME, headerBlock } from '../../../../support/frames.js'
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
  nodeIgnores,
  ping,
  POST,
  priority,
  reset,
  resets,
  type Section,
  whole,
  widen,
} from './case.js'

const LARGEST = 2 ** 31 - 1
/** It is kept in the table, where it has the number 62. */
const KEPT = Buffer.concat([hex('40'), headerBlock([['x-status', '204']]).subarray(1)])
const FIRST_KEPT = hex('be')

const MALFORMED: Lines = [...POST, ['X-A', '1']]

/** RFC 9113 5: the life of streams. */
export const streamCases: readonly Section[] = [
  {
    title: '5.1 idle streams',
    cases: [
      { what: 'DATA', send: [data(1)], answer: ends('PROTOCOL_ERROR') },
      { what: 'RST_STREAM', send: [reset(1)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      { what: 'WINDOW_UPDATE', send: [widen(1, 1)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      { what: 'CONTINUATION', send: [goOn(1)], answer: ends('PROTOCOL_ERROR') },
      { what: 'PRIORITY is none of its business', send: [priority(1, 3), whole(1)], answer: answers() },
      { what: 'of the server: DATA', send: [data(2)], answer: ends('PROTOCOL_ERROR') },
    ],
  },
  {
    title: '5.1 streams whose client has ended',
    cases: [
      { what: 'DATA', send: [whole(1), data(1)], answer: ends('STREAM_CLOSED') },
      { what: 'DATA behind DATA', send: [headers(1), last(1), data(1)], answer: ends('STREAM_CLOSED') },
      { what: 'HEADERS', send: [whole(1), headers(1)], answer: ends('STREAM_CLOSED'), node: nodeEnds() },
      { what: 'CONTINUATION', send: [whole(1), goOn(1)], answer: ends('PROTOCOL_ERROR') },
      { what: 'WINDOW_UPDATE and PRIORITY', send: [whole(1), widen(1, 1), priority(1, 3)], answer: answers() },
      { what: 'RST_STREAM', send: [whole(1), reset(1), whole(3)], answer: answers(3) },
    ],
  },
  {
    title: '5.1 streams that the client has reset',
    cases: [
      {
        what: 'DATA',
        send: [headers(1), reset(1), data(1), whole(3)],
        answer: ends('STREAM_CLOSED'),
        node: nodeIgnores(...answers(3)),
      },
      {
        what: 'HEADERS',
        send: [headers(1), reset(1), headers(1), whole(3)],
        answer: ends('STREAM_CLOSED'),
        node: nodeIgnores(...answers(3)),
      },
      {
        what: 'WINDOW_UPDATE, PRIORITY and RST_STREAM',
        send: [headers(1), reset(1), widen(1, 1), priority(1, 3), reset(1), whole(3)],
        answer: answers(3),
      },
    ],
  },
  {
    title: '5.1 streams that are over on both sides',
    cases: [
      {
        what: 'DATA',
        send: [whole(1), 'end 1', data(1), whole(3)],
        answer: [...answers(), 'end 1', ...ends('STREAM_CLOSED')],
        node: nodeIgnores(...answers(), 'end 1', ...answers(3), 'end 3'),
      },
      {
        what: 'HEADERS',
        send: [whole(1), 'end 1', headers(1), whole(3)],
        answer: [...answers(), 'end 1', ...ends('STREAM_CLOSED')],
        node: nodeIgnores(...answers(), 'end 1', ...answers(3), 'end 3'),
      },
      {
        what: 'WINDOW_UPDATE, PRIORITY and RST_STREAM',
        send: [whole(1), 'end 1', widen(1, 1), priority(1, 3), reset(1), whole(3)],
        answer: [...answers(), 'end 1', ...answers(3), 'end 3'],
      },
    ],
  },
  {
    title: '5.1 streams that the server has reset',
    cases: [
      {
        what: 'what is still under way is no fault',
        send: [headers(1, MALFORMED), ...resets('PROTOCOL_ERROR'), data(1), widen(1, 1), last(1), whole(3)],
        answer: [...resets('PROTOCOL_ERROR'), ...answers(3)],
      },
      {
        what: '4.3: header blocks still count for the table, in one piece or more',
        send: [
          ...[headers(1, MALFORMED), ...resets('PROTOCOL_ERROR')],
          ...[block(1, KEPT.subarray(0, 5), FLAG.endStream), goOn(1, KEPT.subarray(5), FLAG.endHeaders)],
          block(3, Buffer.concat([headerBlock(POST), FIRST_KEPT])),
        ],
        answer: [...resets('PROTOCOL_ERROR'), ...answers(3, 204)],
      },
    ],
  },
  {
    title: '5.1.1 numbers of streams',
    cases: [
      { what: 'even', send: [headers(2)], answer: ends('PROTOCOL_ERROR'), node: nodeEnds() },
      {
        what: 'below the last one',
        send: [headers(5), headers(3), whole(7)],
        answer: ends('STREAM_CLOSED'),
        node: nodeIgnores(...answers(7)),
      },
      { what: 'left out', send: [whole(1), 'answer 1: 200', whole(101)], answer: [...answers(), ...answers(101)] },
      {
        what: 'DATA of one that was left out',
        send: [whole(5), data(3)],
        answer: ends('STREAM_CLOSED'),
        node: nodeIgnores(...answers(5)),
      },
      { what: 'the largest that there is', send: [whole(LARGEST)], answer: answers(LARGEST) },
      {
        what: 'and none after it: clients connect anew',
        send: [whole(LARGEST), `answer ${LARGEST}: 200`, headers(1), ping('12345678')],
        answer: [...answers(LARGEST), ...ends('STREAM_CLOSED')],
        node: nodeIgnores(...answers(LARGEST), 'pong 12345678'),
      },
    ],
  },
  {
    title: '5.1.2 streams at a time',
    cases: [
      {
        what: 'too many are refused, and those that are open go on',
        send: [headers(1), headers(3), headers(5), last(1), 'answer 1: 200', whole(7)],
        answer: [...resets('REFUSED_STREAM', 5), ...answers(), ...answers(7)],
      },
      {
        what: 'one that is refused counts for the table, too',
        send: [
          ...[headers(1), headers(3), block(5, Buffer.concat([headerBlock(POST), KEPT])), 'stream 5: REFUSED_STREAM'],
          ...[last(1), 'answer 1: 200', block(7, Buffer.concat([headerBlock(POST), FIRST_KEPT]))],
        ],
        answer: [...resets('REFUSED_STREAM', 5), ...answers(), ...answers(7, 204)],
      },
    ],
  },
  {
    title: '5.3 priorities',
    cases: [
      {
        what: 'one that depends on itself',
        send: [headers(1), priority(1, 1)],
        answer: resets('PROTOCOL_ERROR'),
        node: { answer: ends('PROTOCOL_ERROR'), why: 'it takes it for a fault of the connection' },
      },
      {
        what: 'one that is opened depending on itself',
        send: [
          frame(FRAME.headers, {
            stream: 1,
            flags: FLAG.endHeaders | FLAG.endStream | FLAG.priority,
            payload: Buffer.concat([hex('00000001 10'), headerBlock(POST)]),
          }),
        ],
        answer: resets('PROTOCOL_ERROR'),
        node: nodeEnds(),
      },
    ],
  },
]
