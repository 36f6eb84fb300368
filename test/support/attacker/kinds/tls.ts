import { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { HELLO } from '../../frames.js'
import type { Dice } from '../dice.js'
import type { Place } from '../plan.js'
import type { Act, Kind, Scene } from '../scene.js'
import { STATE, visit } from '../wire.js'
import { open, request, say } from './requests.js'

/** HTTP/2 from who did not ask for it. */
const preface = (dice: Dice, scene: Scene): Act => {
  const [place, count, alpn] = [scene.place('tls'), dice.between(1, 20), dice.pick([[], ['http/1.1']])]
  const stayMs = dice.between(50, 3_000)
  const parts = dice.pick([[HELLO], [HELLO, open(1, request(STATE)), say(1, Buffer.alloc(5))]])
  return {
    words: `${count} with ALPN [${alpn.join()}] and ${parts.length} frames for ${stayMs} ms`,
    run: () => Promise.all(Array.from({ length: count }, () => visit(scene, place, { parts, alpn, stayMs }))),
  }
}

/** The first words of a handshake, which ends there. */
const handshake = (dice: Dice, scene: Scene): Act => {
  const place = scene.place('tls')
  const [count, share, stayMs, halfClosed] = [
    dice.between(1, 60),
    dice.pick([1, 5, 50, 99, 100]),
    dice.between(50, 3_000),
    dice.oneIn(2),
  ]
  const garbage = dice.oneIn(3) ? dice.bytes(100) : Buffer.alloc(0)
  return {
    words: `${count} with ${share} % of a hello and ${garbage.length} other bytes for ${stayMs} ms`,
    run: async () => {
      const hello = await clientHello()
      const parts = [hello.subarray(0, Math.ceil((hello.length * share) / 100)), garbage]
      const raw: Place = { ...place, tls: false }
      await Promise.all(Array.from({ length: count }, () => visit(scene, raw, { parts, stayMs, halfClosed })))
    },
  }
}

/** What a TLS client says first. */
function clientHello(): Promise<Buffer> {
  return new Promise((done) => {
    const wire = new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, next) {
        next()
        done(chunk)
        wire.destroy()
      },
    })
    connectTls({ socket: wire, rejectUnauthorized: false }).on('error', () => undefined)
  })
}

export const tlsKinds: readonly Kind[] = [
  { name: 'HTTP/2 without ALPN', plan: preface },
  { name: 'a handshake that stops', plan: handshake },
]
