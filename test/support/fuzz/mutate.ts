import type { Dice } from '../attacker/dice.js'
import { FLAG, frame, FRAME, headerBlock, uint32 } from '../frames.js'

/** A few frames of which some say what they should not. */
export function mutated(frames: readonly Buffer[], dice: Dice): Buffer {
  const changed = frames.map((one) => Buffer.from(one))
  for (let left = dice.between(1, 3); left > 0; left--) change(changed, dice)
  const bytes = Buffer.concat(changed)
  return dice.oneIn(10) ? bytes.subarray(0, dice.between(0, bytes.length)) : bytes
}

function change(frames: Buffer[], dice: Dice): void {
  const at = dice.between(0, frames.length - 1)
  const one = frames[at] as Buffer
  // What was cut down to nothing has no byte to change.
  if (one.length === 0) return void frames.splice(at, 1, anyFrame(dice))
  const ways = [
    () => flip(one, dice.between(0, one.length - 1), dice),
    () => flip(one, dice.between(0, Math.min(8, one.length - 1)), dice),
    () => flip(one, dice.between(Math.min(9, one.length), Math.max(9, one.length - 1)), dice),
    () => void (one[3] = dice.between(0, 10)),
    () => void (one[4] = dice.between(0, 255)),
    () => void frames.splice(at, 0, one),
    () => void frames.splice(at, frames.length > 1 ? 1 : 0),
    () => void frames.push(...frames.splice(at, 1)),
    () => void frames.splice(at, 0, dice.bytes(dice.between(1, 40))),
    () => void frames.splice(at, 0, anyFrame(dice)),
    () => void frames.splice(at, 1, one.subarray(0, dice.between(0, one.length))),
  ]
  dice.pick(ways)()
  if (frames.length === 0) frames.push(anyFrame(dice))
}

function flip(bytes: Buffer, at: number, dice: Dice): void {
  if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << dice.between(0, 7))
}

const anyFrame = (dice: Dice): Buffer =>
  frame(dice.between(0, 10), {
    flags: dice.pick([0, 1, 4, 5, 8, 32, 45, 255]),
    stream: dice.pick([0, 1, 3, 5, 7, 2, 2 ** 31 - 1]),
    payload: dice.pick([
      dice.bytes(dice.between(0, 30)),
      uint32(dice.pick([0, 1, 2 ** 31 - 1, 2 ** 32 - 1])),
      headerBlock([
        [':status', '200'],
        ['x', 'y'],
      ]),
      Buffer.alloc(8),
    ]),
  })

/** A request as frames: its head, its message, its end. */
export const requestFrames = (stream: number, dice: Dice): Buffer[] => [
  frame(FRAME.headers, {
    stream,
    flags: FLAG.endHeaders,
    payload: headerBlock([
      [':method', 'POST'],
      [':scheme', 'http'],
      [':path', `/plan.Plan/${dice.pick(['Unary', 'Chat', 'Count', 'Collect'])}`],
      [':authority', 'a'],
      ['te', 'trailers'],
      ['content-type', 'application/grpc'],
      ['x-a', 'b'.repeat(dice.between(0, 300))],
    ]),
  }),
  frame(FRAME.data, { stream, payload: Buffer.from([0, 0, 0, 0, 2, 7, 7]) }),
  frame(FRAME.data, { stream, flags: FLAG.endStream }),
]

export const answerFrames = (stream: number, dice: Dice): Buffer[] => [
  frame(FRAME.headers, {
    stream,
    flags: FLAG.endHeaders,
    payload: headerBlock([
      [':status', '200'],
      ['content-type', 'application/grpc'],
      ['x-a', 'b'.repeat(dice.between(0, 300))],
    ]),
  }),
  frame(FRAME.data, { stream, payload: Buffer.from([0, 0, 0, 0, 2, 7, 7]) }),
  frame(FRAME.headers, {
    stream,
    flags: FLAG.endHeaders | FLAG.endStream,
    payload: headerBlock([['grpc-status', '0']]),
  }),
]
