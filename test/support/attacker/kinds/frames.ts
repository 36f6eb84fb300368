import { FLAG, frame, FRAME, headerBlock, headersFrames, HELLO, PREFACE, SETTINGS, uint32 } from '../../frames.js'
import type { Dice } from '../dice.js'
import type { Act, Kind, Scene } from '../scene.js'
import { STATE, visit } from '../wire.js'
import { ADD, clientStream, many, open, request, reset } from './requests.js'

/** Frames of any type, flags, stream and bytes, some of which lie about their length, among some that are right. */
const fuzz = (dice: Dice, scene: Scene): Act => {
  const [place, count] = [dice.oneIn(5) ? scene.place('control') : scene.gate(dice), dice.between(1, 60)]
  const frames = Array.from({ length: count }, (_none, i) => {
    if (dice.oneIn(4)) return open(clientStream(i), request(dice.pick([STATE, ADD])))
    const payload = dice.bytes(dice.pick([0, 4, 5, 6, 8, 30, 200]))
    const length = dice.oneIn(10) ? dice.between(0, 20_000) : payload.length
    const stream = dice.pick([0, 1, 2, 3, clientStream(dice.between(0, i)), 0x7fffffff])
    return frame(dice.between(0, 12), { flags: dice.pick([0, 1, 4, 5, 8, 32, 45, 255]), stream, payload, length })
  })
  const [first, pauseMs] = [dice.oneIn(4) ? PREFACE : HELLO, dice.pick([0, 0, 3])]
  return {
    words: `${count} frames behind ${first === HELLO ? 'SETTINGS' : 'no SETTINGS'}, at ${place.name}`,
    run: () => visit(scene, place, { parts: [first, ...frames], pauseMs, stayMs: 1_000 }),
  }
}

/** Small frames that each ask for a little work. */
const FLOODS = {
  PING: () => frame(FRAME.ping, { payload: Buffer.alloc(8) }),
  SETTINGS: () => frame(FRAME.settings, { payload: Buffer.from('000300000064', 'hex') }),
  'table sizes': (i: number) =>
    frame(FRAME.settings, { payload: Buffer.from(i % 2 ? '000100000000' : '000100001000', 'hex') }),
  'window sizes': (i: number) =>
    frame(FRAME.settings, { payload: Buffer.from(i % 2 ? '000400000000' : '00047fffffff', 'hex') }),
  PRIORITY: (i: number) => frame(FRAME.priority, { stream: clientStream(i), payload: Buffer.alloc(5) }),
  WINDOW_UPDATE: () => frame(FRAME.windowUpdate, { payload: uint32(1) }),
  'empty DATA': () => frame(FRAME.data, { stream: 1 }),
  'resets of what is gone': () => reset(1),
  'unknown frames': () => frame(0xfa, { payload: Buffer.alloc(20) }),
} as const

const flood = (dice: Dice, scene: Scene): Act => {
  const place = dice.oneIn(5) ? scene.place('control') : scene.gate(dice)
  const name = dice.pick(Object.keys(FLOODS) as (keyof typeof FLOODS)[])
  const [count, unread] = [dice.between(200, 8_000), dice.oneIn(3)]
  const sent = many(count, FLOODS[name])
  return {
    words: `${count} × ${name}${unread ? ', nothing read' : ''}, at ${place.name}`,
    run: () => visit(scene, place, { parts: [HELLO, open(1, request(STATE)), sent], unread, stayMs: 1_500 }),
  }
}

/** A header block that goes on and on, in frames that are empty or nearly so. */
const continuation = (dice: Dice, scene: Scene): Act => {
  const [place, count, bytes] = [scene.gate(dice), dice.between(100, 5_000), dice.pick([0, 0, 1, 300])]
  const piece = bytes === 0 ? Buffer.alloc(0) : headerBlock([['x', 'y'.repeat(bytes)]])
  const first = frame(FRAME.headers, { stream: 1, payload: headerBlock(request(STATE)) })
  const sent = many(count, () => frame(FRAME.continuation, { stream: 1, payload: piece }))
  return {
    words: `${count} × ${piece.length} bytes, at ${place.name}`,
    run: () => visit(scene, place, { parts: [HELLO, first, sent], stayMs: 1_500 }),
  }
}

/** One long header in the dynamic table, named again and again. */
const bomb = (dice: Dice, scene: Scene): Act => {
  const [place, streams, names] = [scene.gate(dice), dice.between(1, 20), dice.between(200, 16_000)]
  const INDEXED = 0x40
  const FIRST_OF_TABLE = 0x80 + 62
  const kept = headerBlock([['a', 'b'.repeat(3_900)]])
  kept[0] = INDEXED
  const sent = many(streams, (i) =>
    headersFrames(
      clientStream(i),
      Buffer.concat([
        headerBlock(request(STATE)),
        i === 0 ? kept : Buffer.alloc(0),
        Buffer.alloc(names, FIRST_OF_TABLE),
      ]),
    ),
  )
  return {
    words: `${streams} × ${names} names of 3900 bytes, at ${place.name}`,
    run: () => visit(scene, place, { parts: [HELLO, sent], stayMs: 1_500 }),
  }
}

/** Many sockets that say nothing, or no more than hello. */
const crowd = (dice: Dice, scene: Scene): Act => {
  const [place, count, stayMs] = [dice.pick(scene.plan.places), dice.between(20, 200), dice.between(100, 3_000)]
  const parts = dice.pick([[], [HELLO], [HELLO, SETTINGS, frame(FRAME.settings, { flags: FLAG.ack })]])
  return {
    words: `${count} for ${stayMs} ms with ${parts.length} frames, at ${place.name}`,
    run: () => Promise.all(Array.from({ length: count }, () => visit(scene, place, { parts, stayMs }))),
  }
}

export const frameKinds: readonly Kind[] = [
  { name: 'frames of any kind', plan: fuzz },
  { name: 'a flood of small frames', plan: flood },
  { name: 'CONTINUATION without end', plan: continuation },
  { name: 'an HPACK bomb', plan: bomb },
  { name: 'a crowd of sockets', plan: crowd },
]
