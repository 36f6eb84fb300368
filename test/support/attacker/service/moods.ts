import { FLAG, FRAME, headerBlock, uint32 } from '../../frames.js'
import type { Reply } from './connection.js'

type Lines = readonly (readonly [name: string, value: string])[]

/** One way to answer a call. */
export interface Mood {
  readonly name: string
  answer(reply: Reply): void
}

const BEGIN: Lines = [
  [':status', '200'],
  ['content-type', 'application/grpc'],
]
const OK: Lines = [['grpc-status', '0']]
const END = FLAG.endHeaders | FLAG.endStream
/** Result { value: 5 } */
const RESULT = Buffer.from('0000000009090000000000001440', 'hex')

const message = (bytes: number, { flag = 0, length = bytes } = {}): Buffer => {
  const whole = Buffer.alloc(5 + bytes, 7)
  whole[0] = flag
  whole.writeUInt32BE(length, 1)
  return whole
}
const twice = (name: string): Lines => [
  [name, 'a'],
  [name, 'b'],
]

/** A right answer but for its header blocks. */
const answered = (name: string, { headers = [], trailers = [] }: { headers?: Lines; trailers?: Lines }): Mood => ({
  name,
  answer(reply) {
    reply.headers([...BEGIN, ...headers])
    reply.data(RESULT)
    reply.headers([...OK, ...trailers], END)
  },
})

/** No message, and everything in one block. */
const only = (name: string, lines: Lines): Mood => ({
  name,
  answer: (reply) => reply.headers([...BEGIN, ...lines], END),
})

/** A right beginning, then these bytes and a good end. */
const body = (name: string, ...parts: Buffer[]): Mood => ({
  name,
  answer(reply) {
    reply.headers(BEGIN)
    for (const part of parts) reply.data(part)
    reply.headers(OK, END)
  },
})

/** Whatever breaks the stream or the connection, behind a right beginning; the connection ends then, if not before. */
const broken = (name: string, answer: (reply: Reply) => void): Mood => ({
  name,
  answer(reply) {
    reply.headers(BEGIN)
    reply.data(RESULT)
    answer(reply)
    reply.hangUp(500)
  },
})

const NAMES = [
  'etag',
  'authorization',
  'http2-settings',
  'date',
  'content-length',
  'constructor',
  '__proto__',
  'length',
]
const CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'host']

const headerMoods: readonly Mood[] = [
  ...NAMES.flatMap((name) => [
    answered(`headers with ${name} twice`, { headers: twice(name) }),
    answered(`trailers with ${name} twice`, { trailers: twice(name) }),
    only(`nothing but a status and ${name} twice`, [...OK, ...twice(name)]),
  ]),
  ...CONNECTION.map((name) => answered(`trailers with ${name}`, { trailers: [[name, 'x']] })),
  answered('a status in trailers', { trailers: [[':status', '200']] }),
  answered('a name in capitals', { trailers: [['X-Loud', 'x']] }),
  answered('bytes that are no text', { trailers: [['x-bytes', '\x01\x7f\xff']] }),
  answered('two statuses', { trailers: [['grpc-status', '5']] }),
  answered('our own trailers', {
    trailers: [
      ['snet-error-kind', 'x'],
      ['snet-error-hint', '%zz'],
    ],
  }),
  answered('200 trailers', {
    trailers: Array.from({ length: 200 }, (_none, i) => [`x-${i}`, 'y'.repeat(40)] as const),
  }),
  answered('12 kB of trailers', { trailers: [['x-big', 'y'.repeat(12_000)]] }),
  answered('15 kB of headers', { headers: [['x-big', 'y'.repeat(15_000)]] }),
  only('a status that is no number', [['grpc-status', 'abc']]),
  only('a status below all', [['grpc-status', '-1']]),
  only('a status beyond all', [['grpc-status', '99999999999']]),
  only('a message that is no text', [
    ['grpc-status', '5'],
    ['grpc-message', '%zz%\xff%1b[31m'],
  ]),
  only('a page', [['content-type', 'text/html']]),
  only('no status', []),
  { name: '500', answer: (reply) => reply.headers([[':status', '500']], END) },
  { name: '204', answer: (reply) => reply.headers([[':status', '204']], END) },
]

const informed: Mood = {
  name: 'fifty 103 before the answer',
  answer(reply) {
    for (let i = 0; i < 50; i++)
      reply.headers([
        [':status', '103'],
        ['link', '</a>'],
      ])
    plain.answer(reply)
  },
}

const bodyMoods: readonly Mood[] = [
  body('an answer of 3 MiB', message(3 << 20)),
  body('a stream of 8 MiB', ...Array.from({ length: 32 }, () => message(256 << 10))),
  body('an answer beyond the limit', message(5 << 20)),
  body('a length of 4 GiB', message(0, { length: 0xffffffff })),
  body('half a message', message(4, { length: 18 })),
  body('two answers', RESULT, RESULT),
  body('a compressed answer', message(18, { flag: 1 })),
  body('no message'),
  body('empty DATA', ...Array.from({ length: 500 }, () => Buffer.alloc(0)), RESULT),
  { name: 'an end without trailers', answer: (reply) => (reply.headers(BEGIN), reply.data(RESULT, true)) },
  { name: 'silence', answer: () => undefined },
  { name: 'silence behind the headers', answer: (reply) => reply.headers(BEGIN) },
  ...[0, 1, 2, 7, 8, 11, 13, 99].map((code) => ({
    name: `a reset with ${code}`,
    answer: (reply: Reply) => (reply.headers(BEGIN), reply.reset(code)),
  })),
]

const brokenMoods: readonly Mood[] = [
  broken('DATA behind the end', (reply) => (reply.headers(OK, END), reply.raw(FRAME.data, { payload: RESULT }))),
  broken('headers three times', (reply) => (reply.headers(BEGIN), reply.headers(BEGIN), reply.headers(OK, END))),
  broken('a push', (reply) => reply.raw(FRAME.pushPromise, { flags: FLAG.endHeaders, payload: uint32(2) })),
  broken('HPACK that is none', (reply) => reply.raw(FRAME.headers, { flags: END, payload: Buffer.alloc(40, 0xff) })),
  broken('a goodbye', (reply) => reply.raw(FRAME.goaway, { stream: 0, payload: Buffer.alloc(8) })),
  broken('no streams any more', (reply) => settings(reply, '000300000000')),
  broken('no window any more', (reply) => settings(reply, '000400000000')),
  broken('no table any more', (reply) => settings(reply, '000100000000')),
  broken('a wrong setting', (reply) => settings(reply, '00047fffffff'.replace('7', 'f'))),
  broken('a window beyond the end', (reply) =>
    reply.raw(FRAME.windowUpdate, { stream: 0, payload: uint32(0x7fffffff) }),
  ),
  broken('a flood of PING', (reply) => {
    for (let i = 0; i < 2_000; i++) reply.raw(FRAME.ping, { stream: 0, payload: Buffer.alloc(8) })
  }),
  broken('headers without end', (reply) => {
    reply.raw(FRAME.headers, { payload: headerBlock(OK) })
    for (let i = 0; i < 2_000; i++) reply.raw(FRAME.continuation, { payload: headerBlock([['x', 'y'.repeat(100)]]) })
  }),
  { name: 'a closed door', answer: (reply) => reply.hangUp() },
]

const settings = (reply: Reply, hex: string): void =>
  reply.raw(FRAME.settings, { stream: 0, payload: Buffer.from(hex, 'hex') })

const plain = answered('plain', {})

/** All of them; the first is the right one. */
export const MOODS: readonly Mood[] = [plain, ...headerMoods, informed, ...bodyMoods, ...brokenMoods]

export const moodOf = (name: string): number => MOODS.findIndex((mood) => mood.name === name)
