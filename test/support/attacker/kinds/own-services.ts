import { HELLO } from '../../frames.js'
import type { Dice } from '../dice.js'
import type { Act, Kind, Scene } from '../scene.js'
import { STATE, visit } from '../wire.js'
import { clientStream, many, open, request, reset, say } from './requests.js'

const EMPTY = Buffer.alloc(5)

/** Ordinary questions, many at once, with metadata of some size. */
const burst = (dice: Dice, scene: Scene): Act => {
  const [place, connections, calls, bytes] = [
    scene.gate(dice),
    dice.between(1, 5),
    dice.between(50, 800),
    dice.between(0, 400),
  ]
  const metadata = bytes === 0 ? [] : ([['x-a', 'z'.repeat(bytes)]] as const)
  const sent = many(calls, (i) =>
    Buffer.concat([open(clientStream(i), request(STATE, metadata)), say(clientStream(i), EMPTY)]),
  )
  return {
    words: `${connections} × ${calls} calls, ${bytes} bytes of metadata, at ${place.name}`,
    run: () =>
      Promise.all(
        Array.from({ length: connections }, () => visit(scene, place, { parts: [HELLO, sent], stayMs: 3_000 })),
      ),
  }
}

/** Questions that are taken back as soon as they are made, or a little later. */
const resets = (dice: Dice, scene: Scene): Act => {
  const [place, rounds, calls, apart] = [
    scene.gate(dice),
    dice.between(1, 4),
    dice.between(50, 500),
    dice.between(0, 20),
  ]
  const path = dice.pick([STATE, STATE, '/no.Service/at-all', '/'])
  const round = Buffer.concat([
    HELLO,
    many(calls, (i) => {
      const before = i - apart
      const taken = before >= 0 ? reset(clientStream(before)) : Buffer.alloc(0)
      return Buffer.concat([open(clientStream(i), request(path)), say(clientStream(i), EMPTY), taken])
    }),
  ])
  return {
    words: `${rounds} × ${calls} calls of ${path}, each reset ${apart} calls later, at ${place.name}`,
    run: async () => {
      for (let i = 0; i < rounds; i++) await visit(scene, place, { parts: [round], stayMs: 200 })
    },
  }
}

/** Calls that say nothing and ask for a long time. */
const silence = (dice: Dice, scene: Scene): Act => {
  const [place, connections, streams, stayMs] = [
    scene.gate(dice),
    dice.between(1, 5),
    dice.between(50, 999),
    dice.between(200, 4_000),
  ]
  const path = dice.oneIn(3) ? '/example_service.Calculator/add' : STATE
  const sent = many(streams, (i) => open(clientStream(i), request(path, [['grpc-timeout', '99999999H']])))
  return {
    words: `${connections} × ${streams} silent calls of ${path} for ${stayMs} ms, at ${place.name}`,
    run: () =>
      Promise.all(Array.from({ length: connections }, () => visit(scene, place, { parts: [HELLO, sent], stayMs }))),
  }
}

export const ownServiceKinds: readonly Kind[] = [
  { name: 'a burst of own calls', plan: burst },
  { name: 'rapid resets of own calls', plan: resets },
  { name: 'silent calls', plan: silence },
]
