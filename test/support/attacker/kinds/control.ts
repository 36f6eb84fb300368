import { FLAG, frame, FRAME, headerBlock, HELLO } from '../../frames.js'
import type { Dice } from '../dice.js'
import type { Act, Kind, Scene } from '../scene.js'
import { visit } from '../wire.js'
import { clientStream, many, open, request, say } from './requests.js'

/** Sessions that come without a credential and stay. */
const idle = (dice: Dice, scene: Scene): Act => {
  const [place, count, stayMs] = [scene.place('control'), dice.between(50, 600), dice.between(500, 3_000)]
  const parts = dice.pick([[], [HELLO], [HELLO, frame(FRAME.settings, { flags: FLAG.ack })]])
  return {
    words: `${count} for ${stayMs} ms with ${parts.length} frames`,
    run: () => Promise.all(Array.from({ length: count }, () => visit(scene, place, { parts, stayMs }))),
  }
}

const PATHS = [
  '/snetd.infra.v1.Infra/ListTests',
  '/snetd.infra.v1.Infra/GetPeer',
  '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
  '/grpc.health.v1.Health/Check',
  '/a.B/c',
]

/** Calls without the token, or with another. */
const strangers = (dice: Dice, scene: Scene): Act => {
  const [place, count, path] = [scene.place('control'), dice.between(1, 300), dice.pick(PATHS)]
  const token = dice.pick([
    [],
    [['authorization', 'Bearer x']],
    [['x-high', '\xff\xfe']],
    [
      ['authorization', 'Bearer x'],
      ['authorization', 'y'],
    ],
  ])
  const block = headerBlock(request(path, token as [string, string][]))
  const sent = many(count, (i) =>
    Buffer.concat([
      frame(FRAME.headers, { flags: FLAG.endHeaders, stream: clientStream(i), payload: block }),
      dice.oneIn(3) ? Buffer.alloc(0) : say(clientStream(i), dice.bytes(dice.pick([0, 5, 40]))),
    ]),
  )
  return {
    words: `${count} of ${path} with ${token.length} tokens`,
    run: () => visit(scene, place, { parts: [HELLO, sent], stayMs: 1_500 }),
  }
}

/** What is no HTTP/2 at all. */
const nonsense = (dice: Dice, scene: Scene): Act => {
  const [place, bytes] = [scene.place('control'), dice.between(0, 400)]
  const part = dice.pick([
    dice.bytes(bytes),
    Buffer.from('GET / HTTP/1.1\r\nhost: x\r\n\r\n'),
    open(1, request('/a.B/c')),
  ])
  return {
    words: `${part.length} bytes`,
    run: () => visit(scene, place, { parts: [part], stayMs: 1_500 }),
  }
}

export const controlKinds: readonly Kind[] = [
  { name: 'idle sessions at the control port', plan: idle },
  { name: 'strangers at the control port', plan: strangers },
  { name: 'nonsense at the control port', plan: nonsense },
]
