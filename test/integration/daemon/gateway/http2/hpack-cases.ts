import { headerBlock } from '../../../../support/frames.js'
import { answers, block, ends, hex, POST, type Section } from './case.js'

const REQUEST = headerBlock(POST)
const on = (stream: number, ...parts: readonly (Buffer | string)[]): Buffer =>
  block(stream, Buffer.concat(parts.map((part) => (typeof part === 'string' ? hex(part) : part))))
const request = (stream: number, ...more: readonly (Buffer | string)[]): Buffer => on(stream, REQUEST, ...more)
const literal = (first: string, name: string, value: string): Buffer =>
  Buffer.concat([hex(first), headerBlock([[name, value]]).subarray(1)])
/** Kept in the table, where the newest has the number 62. */
const kept = (value: string): Buffer => literal('40', 'x-status', value)
const fault = (what: string, ...more: readonly (Buffer | string)[]) => ({
  what,
  send: [request(1, ...more)],
  answer: ends('COMPRESSION_ERROR'),
})

/** RFC 7541. */
export const hpackCases: readonly Section[] = [
  {
    title: '2.3.3 numbers of fields',
    cases: [
      {
        what: 'static ones: POST, http, a path, a name',
        send: [on(1, '83 86', '04 02 2f61', '01 01 61')],
        answer: answers(),
      },
      fault('the number 0', '80'),
      fault('one behind both tables', 'be'),
      fault('far behind both tables', 'ff ff 7f'),
      fault('a name behind both tables', '7e 01 61'),
      {
        what: 'the newest comes first',
        send: [
          request(1, kept('201'), kept('202')),
          'answer 1: 201',
          request(3, 'be'),
          'answer 3: 202',
          request(5, 'bf'),
        ],
        answer: [...answers(1, 201), ...answers(3, 202), ...answers(5, 201)],
      },
      {
        what: 'a block that comes again keeps its fields again',
        send: [
          ...[request(1, kept('201')), 'answer 1: 201', request(3, kept('201')), 'answer 3: 201'],
          ...[request(5, kept('203')), 'answer 5: 203', request(7, 'c0'), 'answer 7: 201', request(9, 'c1')],
        ],
        answer: [
          ...answers(1, 201),
          ...answers(3, 201),
          ...answers(5, 203),
          ...answers(7, 201),
          ...ends('COMPRESSION_ERROR'),
        ],
      },
      {
        what: 'a number that comes again means what is there by then',
        send: [
          ...[request(1, kept('201')), 'answer 1: 201', request(3, 'be'), 'answer 3: 201'],
          ...[request(5, kept('204')), 'answer 5: 204', request(7, 'be')],
        ],
        answer: [...answers(1, 201), ...answers(3, 201), ...answers(5, 204), ...answers(7, 204)],
      },
    ],
  },
  {
    title: '4.2 the size of the table',
    cases: [
      { what: 'larger than allowed', send: [on(1, '3fe21f', REQUEST)], answer: ends('COMPRESSION_ERROR') },
      { what: 'as large as allowed', send: [on(1, '3fe11f', REQUEST)], answer: answers() },
      { what: 'smaller, and larger again', send: [on(1, '20 3fe11f', REQUEST)], answer: answers() },
      fault('changed behind a field', '20'),
    ],
  },
  {
    title: '4.3 and 4.4 what is pushed out',
    cases: [
      {
        what: 'by a smaller size',
        send: [request(1, kept('201')), 'answer 1: 201', on(3, '20', REQUEST, 'be')],
        answer: [...answers(1, 201), ...ends('COMPRESSION_ERROR')],
      },
      {
        what: 'by a field that fills the table',
        send: [request(1, kept('201')), 'answer 1: 201', request(3, literal('40', 'x', 'y'.repeat(4_063)), 'bf')],
        answer: [...answers(1, 201), ...ends('COMPRESSION_ERROR')],
      },
      {
        what: 'by a field that is larger than the table, which is not kept itself',
        send: [request(1, kept('201')), 'answer 1: 201', request(3, literal('40', 'x', 'y'.repeat(4_064)), 'be')],
        answer: [...answers(1, 201), ...ends('COMPRESSION_ERROR')],
      },
      {
        what: 'not by one that has just enough room beside it',
        send: [request(1, kept('201')), 'answer 1: 201', request(3, literal('40', 'x', 'y'.repeat(4_020)), 'bf')],
        answer: [...answers(1, 201), ...answers(3, 201)],
      },
    ],
  },
  {
    title: '5.1 integers',
    cases: [
      fault('cut', 'ff'),
      fault('larger than any', 'ff ffffffffff7f'),
      fault('without end', 'ff 808080808080808080808000'),
      fault('a length that is cut', '00 7f'),
      {
        what: 'not in the shortest way',
        send: [request(1, '00 01 78 7f 80 00', Buffer.alloc(127, 'y'))],
        answer: answers(),
      },
    ],
  },
  {
    title: '5.2 texts',
    cases: [
      fault('longer than the block', '00 7f 61'),
      fault('with the end-of-string of the Huffman code', '00 01 78 84 ffffffff'),
      fault('with Huffman padding of a byte and more', '00 01 78 82 1fff'),
      fault('with Huffman padding of zeros', '00 01 78 81 18'),
      { what: 'in Huffman code', send: [request(1, '00 01 78 81 1f')], answer: answers() },
      { what: 'of nothing in Huffman code', send: [request(1, '00 01 78 80')], answer: answers() },
    ],
  },
  {
    title: '6 representations',
    cases: [
      { what: '6.1: indexed', send: [on(1, '83 86 84 01 01 61')], answer: answers() },
      {
        what: '6.2.1: kept',
        send: [request(1, kept('205')), 'answer 1: 205', request(3, 'be')],
        answer: [...answers(1, 205), ...answers(3, 205)],
      },
      {
        what: '6.2.1: kept, with the name of another',
        send: [request(1, kept('205')), 'answer 1: 205', request(3, '7e 03 323036'), 'answer 3: 206', request(5, 'be')],
        answer: [...answers(1, 205), ...answers(3, 206), ...answers(5, 206)],
      },
      {
        what: '6.2.2: not kept',
        send: [request(1, literal('00', 'x-status', '205')), 'answer 1: 205', request(3, 'be')],
        answer: [...answers(1, 205), ...ends('COMPRESSION_ERROR')],
      },
      {
        what: '6.2.3: never to be kept',
        send: [request(1, literal('10', 'x-status', '205')), 'answer 1: 205', request(3, 'be')],
        answer: [...answers(1, 205), ...ends('COMPRESSION_ERROR')],
      },
      { what: '6.3: a size alone, in trailers', send: [block(1, REQUEST, 4), block(1, hex('20'))], answer: answers() },
    ],
  },
]
