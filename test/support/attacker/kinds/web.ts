import { framed } from '../../by-hand.js'
import { fromBase64 } from '../../web-client.js'
import type { Dice } from '../dice.js'
import type { Place } from '../plan.js'
import type { Act, Kind, Scene } from '../scene.js'
import { ask, STATE, visit, withBook } from '../wire.js'
import { ADD, COUNT, many, numbers, prefix } from './requests.js'

const STAY_MS = 2_000
const BYTES = 'application/grpc-web+proto'
const TEXT = 'application/grpc-web-text+proto'
const TYPES = [
  ...[BYTES, BYTES, BYTES, TEXT, TEXT, TEXT, 'application/grpc-web', 'application/grpc-web-text'],
  ...['application/grpc-web+json', 'application/grpc-web-text+thrift', 'application/grpc-web-textual'],
  ...['application/GRPC-Web', 'application/grpc-web; charset=utf-8', 'application/grpc-web, application/grpc'],
  ...['application/grpc', 'text/plain', ''],
]

const trailers = (flag: number, text: string): Buffer => {
  const frame = framed(Buffer.from(text, 'latin1'))
  frame[0] = flag
  return frame
}
const VALID = numbers(0)
const FRAMES: Readonly<Record<string, () => Buffer>> = {
  'a message': () => VALID,
  'a message cut off': () => VALID.subarray(0, -1),
  'half a prefix': () => VALID.subarray(0, 3),
  'a length of 4 GiB': () => prefix(0, 0xffffffff),
  'a message above the limit': () => framed(Buffer.alloc(5 << 20)),
  'a message that is no protobuf': () => framed(Buffer.alloc(300, 0xff)),
  'the compressed flag': () => Buffer.concat([prefix(1, 18), Buffer.alloc(18)]),
  'two messages': () => Buffer.concat([VALID, VALID]),
  'many empty messages': () => many(3_000, () => prefix(0, 0)),
  'nothing but trailers': () => trailers(0x80, 'grpc-status: 0\r\n'),
  'trailers behind a message': () => Buffer.concat([VALID, trailers(0x80, 'grpc-status: 0\r\nx: y\r\n')]),
  'trailers before a message': () => Buffer.concat([trailers(0x80, 'a: b\r\n'), VALID]),
  'compressed trailers': () => trailers(0x81, '\x1f\x8b'),
  'trailers without end': () => Buffer.concat([VALID, prefix(0x80, 0xffffffff), Buffer.alloc(50_000, 'a')]),
  nothing: () => Buffer.alloc(0),
}

const inText = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64'))
/** How the frames are spelt, whatever the content type says of it. */
const SPELLINGS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'as bytes': (bytes) => bytes,
  'in base64': inText,
  'in base64 of two parts': (bytes) => Buffer.concat([inText(bytes.subarray(0, 7)), inText(bytes.subarray(7))]),
  'in base64 that is cut off': (bytes) => inText(bytes).subarray(0, -3),
  'in base64 with a foreign sign': (bytes) =>
    Buffer.concat([inText(bytes.subarray(0, 3)), Buffer.from('*é='), inText(bytes)]),
  'in padding': () => Buffer.alloc(4_000, '='),
}

interface WebRequest {
  readonly type: string
  readonly path: string
  /** Made when it is sent, as some are large. */
  readonly body: () => Buffer
  readonly isPaid: boolean
  readonly words: string
}

/** Every other request is spelt as its content type says. */
function choose(dice: Dice, place: Place): WebRequest {
  const [type, path, isPaid] = [dice.pick(TYPES), dice.pick([ADD, ADD, COUNT, STATE, '/livez', '/']), dice.oneIn(2)]
  const frames = dice.pick(Object.keys(FRAMES))
  const fitting = type.includes('-text') ? 'in base64' : 'as bytes'
  const spelling = dice.oneIn(2) ? fitting : dice.pick(Object.keys(SPELLINGS))
  const body = (): Buffer => SPELLINGS[spelling]?.(FRAMES[frames]?.() ?? VALID) ?? VALID
  const words = `${frames} ${spelling} as "${type}" to ${path}, ${isPaid ? 'paid' : 'unpaid'}, at ${place.name}`
  return { type, path, body, isPaid, words }
}

/** Calls that were served, by an answer in bytes. */
const servedIn = (answer: Buffer): number => answer.toString('latin1').match(/grpc-status: ?0\r\n/g)?.length ?? 0

/** Makes the request with a payment or without, and judges how often it was served. */
async function judge(
  scene: Scene,
  place: Place,
  { path, isPaid }: WebRequest,
  send: (payment: Readonly<Record<string, string>>) => Promise<number>,
): Promise<void> {
  if (!isPaid) {
    if ((await send({})) > 0 && [ADD, COUNT].includes(path)) scene.find(`"${place.name}" serves ${path} for nothing`)
    return
  }
  await withBook(scene, place, async (book) => {
    const amount = book.next
    const served = await send(book.pay(amount))
    // What is served without a payment does not count one.
    if (served > 0 && [ADD, COUNT].includes(path)) book.confirm(amount)
    if (served > 1 && [ADD, COUNT].includes(path)) scene.find(`one payment bought ${served} calls at "${place.name}"`)
  })
}

const LENGTHS: Readonly<Record<string, (body: Buffer) => readonly [line: string, body: Buffer]>> = {
  'its length': (body) => [`content-length: ${body.length}`, body],
  'a length too great': (body) => [`content-length: ${body.length + 9}`, body],
  'a length too small': (body) => [`content-length: ${Math.max(0, body.length - 9)}`, body],
  chunks: (body) => ['transfer-encoding: chunked', Buffer.concat([inChunk(body), Buffer.from('0\r\n\r\n')])],
  'chunks without end': (body) => ['transfer-encoding: chunked', inChunk(body)],
}
const inChunk = (body: Buffer): Buffer =>
  body.length === 0 ? body : Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')])

/** Requests of a page on one connection of HTTP/1.1, all with the same payment, at once or in pieces. */
const overHttp1 = (dice: Dice, scene: Scene): Act => {
  const place = scene.gate(dice)
  const request = choose(dice, place)
  const [method, count] = [dice.pick(['POST', 'POST', 'POST', 'OPTIONS', 'GET']), dice.pick([1, 1, 2, 20])]
  const [length, pieces] = [dice.pick(Object.keys(LENGTHS)), dice.pick([1, 1, 3, 10])]
  const send = async (payment: Readonly<Record<string, string>>): Promise<number> => {
    const content = request.body()
    const [line, body] = LENGTHS[length]?.(content) ?? ['', content]
    const fields = Object.entries({ host: 'x', origin: 'https://page.example', ...payment }).map((one) =>
      one.join(': '),
    )
    const head = [`${method} ${request.path} HTTP/1.1`, ...fields, `content-type: ${request.type}`, line, '', ''].join(
      '\r\n',
    )
    const whole = many(content.length > 100_000 ? 1 : count, () => Buffer.concat([Buffer.from(head), body]))
    const size = Math.ceil(whole.length / pieces)
    const parts = Array.from({ length: pieces }, (_none, i) => whole.subarray(i * size, (i + 1) * size))
    // Statuses in text are not looked for: of those calls only the books are judged.
    return servedIn(await visit(scene, place, { parts, pauseMs: 20, stayMs: STAY_MS, alpn: ['http/1.1'] }))
  }
  return {
    words: `${count} × ${method} of ${request.words}, with ${length}, in ${pieces} pieces`,
    run: () => judge(scene, place, request, send),
  }
}

/** A call of a page over HTTP/2, which may be left. */
const overHttp2 = (dice: Dice, scene: Scene): Act => {
  const place = scene.gate(dice)
  const request = choose(dice, place)
  const cancelAfterMs = dice.pick([undefined, undefined, dice.between(0, 60)])
  const send = async (payment: Readonly<Record<string, string>>): Promise<number> => {
    const { type, path } = request
    const left = cancelAfterMs === undefined ? {} : { cancelAfterMs }
    const headers = { ...payment, 'content-type': type }
    const { status, body: answer } = await ask(scene, place, {
      ...{ path, headers, body: request.body(), stayMs: STAY_MS },
      ...left,
    })
    const isServed = status === '0' || servedIn(answer) > 0 || servedIn(fromBase64(answer)) > 0
    return isServed ? 1 : 0
  }
  return {
    words: `${request.words}${cancelAfterMs === undefined ? '' : `, left after ${cancelAfterMs} ms`}`,
    run: () => judge(scene, place, request, send),
  }
}

export const webKinds: readonly Kind[] = [
  { name: 'gRPC-Web over HTTP/1.1', often: 2, plan: overHttp1 },
  { name: 'gRPC-Web over HTTP/2', often: 2, plan: overHttp2 },
]
