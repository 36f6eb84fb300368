import { dataFrames, headerBlock, headersFrames, HELLO } from '../../frames.js'
import type { Dice } from '../dice.js'
import type { Act, Kind, Scene } from '../scene.js'
import { STATE, visit, withBook } from '../wire.js'
import { ADD, type Lines, linesOf, numbers, request } from './requests.js'

const AWKWARD: Lines = [
  ['authorization', 'a'],
  ['etag', 'a'],
  ['date', 'a'],
  ['content-encoding', 'a'],
  ['content-type', 'application/grpc'],
  ['http2-settings', 'x'],
  ['constructor', 'x'],
  ['__proto__', 'x'],
  ['length', '1'],
  ['host', 'x'],
  ['cookie', 'a=b'],
  ['trailer', 'snet-user-address'],
  ['grpc-status', '0'],
  ['grpc-timeout', '1n'],
  ['grpc-encoding', 'gzip'],
  ['content-length', '23'],
  ['expect', '100-continue'],
  ['snet-user-address', '0xevil'],
  ['snet-payment-type', 'escrow'],
  ['x-bytes-bin', '!!!'],
  ['x-high', '\xff\xfe'],
  ['x-empty', ''],
]

/** Metadata that repeats itself, or that has names of the transport's own; paid or not. */
const repeated = (dice: Dice, scene: Scene): Act => {
  const [place, isPaid] = [scene.gate(dice), dice.oneIn(2)]
  const chosen = Array.from({ length: dice.between(1, 4) }, () => dice.pick(AWKWARD))
  const lines = chosen.flatMap((line) => Array.from({ length: dice.pick([1, 2, 2, 3, 60]) }, () => line))
  const send = (path: string, more: Lines, body: Buffer): Promise<unknown> => {
    const block = headerBlock([...request(path, more), ...lines])
    return visit(scene, place, { parts: [HELLO, headersFrames(1, block), dataFrames(1, body)], stayMs: 700 })
  }
  return {
    words: `${lines.length} lines of ${chosen.map(([name]) => name).join()}, ${isPaid ? 'paid' : 'unpaid'}, at ${place.name}`,
    run: () =>
      isPaid
        ? withBook(scene, place, (book) => send(ADD, linesOf(book.pay()), numbers(0)))
        : send(STATE, [], Buffer.alloc(5)),
  }
}

/** Header lists that are large in number or in bytes. */
const flood = (dice: Dice, scene: Scene): Act => {
  const [place, streams, count, bytes] = [
    scene.gate(dice),
    dice.between(1, 30),
    dice.between(1, 600),
    dice.pick([0, 1, 100, 5_000]),
  ]
  const lines = Array.from({ length: count }, (_none, i) => [`x-${i}`, 'y'.repeat(bytes)] as const)
  const block = headerBlock(request(dice.pick([STATE, ADD]), lines.slice(0, 200_000 / (bytes + 8))))
  const sent = Array.from({ length: streams }, (_none, i) => headersFrames(2 * i + 1, block))
  return {
    words: `${streams} × ${count} lines of ${bytes} bytes, at ${place.name}`,
    run: () => visit(scene, place, { parts: [HELLO, ...sent], stayMs: 1_500 }),
  }
}

export const metadataKinds: readonly Kind[] = [
  { name: 'awkward metadata', plan: repeated },
  { name: 'a flood of metadata', plan: flood },
]
