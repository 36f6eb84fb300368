import type { Dice } from '../attacker/dice.js'
import { FLAG, frame, FRAME, uint32 } from '../frames.js'

/** How one connection is spoken, drawn once for all of it. */
export interface Manner {
  readonly dice: Dice
  readonly chunkBytes: number
  readonly pieceBytes: number
  readonly framesPerTurn: number
  readonly padOneIn: number
  readonly chatterOneIn: number
}

export const mannerOf = (dice: Dice): Manner => ({
  dice,
  chunkBytes: dice.pick([7, 100, 1_000, 20_000, 200_000]),
  pieceBytes: dice.pick([10, 300, 5_000, 16_384, 16_384]),
  framesPerTurn: dice.pick([1, 3, 20, 200]),
  padOneIn: dice.pick([2, 10, 1_000]),
  chatterOneIn: dice.pick([3, 20, 200]),
})

export const MOST_PAYLOAD = 16_384
/** The nghttp2 in Node refuses more than 8 in a block, and counts a frame each time that a piece of its head arrives. */
const MOST_CONTINUATIONS = 6
const LEAST_CHUNK_FOR_CONTINUATIONS = 20_000
/** Room for padding and priority beside it. */
const MOST_PIECE = MOST_PAYLOAD - 300

/** A header block in one frame, or cut into several anywhere. */
export function headersFrames(stream: number, block: Buffer, ends: boolean, manner: Manner): Buffer[] {
  const cuts = cutsOf(block.length, manner)
  return cuts.slice(1).map((end, at) => {
    const piece = block.subarray(cuts[at], end)
    const flags = at + 2 === cuts.length ? FLAG.endHeaders : 0
    if (at > 0) return frame(FRAME.continuation, { stream, payload: piece, flags })
    return firstFrame(stream, piece, flags | (ends ? FLAG.endStream : 0), manner)
  })
}

function cutsOf(length: number, { dice, chunkBytes }: Manner): number[] {
  const cuts = [0, length]
  for (let at = MOST_PIECE; at < length; at += MOST_PIECE) cuts.push(at)
  if (chunkBytes >= LEAST_CHUNK_FOR_CONTINUATIONS && dice.oneIn(2))
    for (let left = dice.between(1, MOST_CONTINUATIONS); left > 0; left--) cuts.push(dice.between(0, length))
  return cuts.sort((a, b) => a - b)
}

function firstFrame(stream: number, piece: Buffer, flags: number, { dice, padOneIn }: Manner): Buffer {
  const hasPriority = dice.oneIn(8)
  const padding = dice.oneIn(padOneIn) ? dice.between(0, 255) : -1
  const payload = [
    ...(padding >= 0 ? [Buffer.from([padding])] : []),
    ...(hasPriority ? [uint32(stream > 1 && dice.oneIn(2) ? 1 : 0), dice.bytes(1)] : []),
    piece,
    Buffer.alloc(Math.max(0, padding)),
  ]
  const more = (padding >= 0 ? FLAG.padded : 0) | (hasPriority ? FLAG.priority : 0)
  return frame(FRAME.headers, { stream, flags: flags | more, payload: Buffer.concat(payload) })
}

/** What is allowed at any time and changes nothing of the calls. */
export function chatter(dice: Dice, stream: number): Buffer {
  const kinds = [
    () => frame(FRAME.ping, { payload: dice.bytes(8) }),
    () => frame(FRAME.priority, { stream, payload: Buffer.concat([uint32(stream + 2), dice.bytes(1)]) }),
    () =>
      frame(0x20 + dice.between(0, 200), {
        stream: dice.pick([0, stream]),
        flags: dice.between(0, 255),
        payload: dice.bytes(dice.between(0, 30)),
      }),
  ]
  return dice.pick(kinds)()
}
