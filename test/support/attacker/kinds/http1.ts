import type { Dice } from '../dice.js'
import type { Act, Kind, Scene } from '../scene.js'
import { visit } from '../wire.js'
import { many } from './requests.js'

const text = (words: string): Buffer => Buffer.from(words, 'latin1')
const HTTP1 = ['http/1.1']

/** Many probes on one connection, without waiting for answers. */
const pipelined = (dice: Dice, scene: Scene): Act => {
  const [place, connections, count] = [scene.gate(dice), dice.between(1, 8), dice.between(100, 3_000)]
  const path = dice.pick(['/livez', '/readyz', '/nowhere'])
  const part = many(count, () => text(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`))
  return {
    words: `${connections} × ${count} of ${path}, at ${place.name}`,
    run: () =>
      Promise.all(
        Array.from({ length: connections }, () => visit(scene, place, { parts: [part], stayMs: 2_000, alpn: HTTP1 })),
      ),
  }
}

/** A body of nothing but chunks of one byte. */
const chunks = (dice: Dice, scene: Scene): Act => {
  const [place, rounds, count] = [scene.gate(dice), dice.between(1, 40), dice.between(100, 3_000)]
  const head = text('POST /livez HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n')
  const part = many(count, () => text('1\r\na\r\n'))
  return {
    words: `${rounds} × ${count} chunks, at ${place.name}`,
    run: () =>
      visit(scene, place, {
        parts: [head, ...Array.from({ length: rounds }, () => part)],
        pauseMs: 10,
        stayMs: 2_000,
        alpn: HTTP1,
      }),
  }
}

/** A request, or the beginning of one, byte by byte. */
const drip = (dice: Dice, scene: Scene): Act => {
  const place = scene.gate(dice)
  const words = dice.pick([
    'GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'GET /',
    '\x16',
  ])
  const [pauseMs, halfClosed] = [dice.between(1, 120), dice.oneIn(2)]
  const parts = Array.from(text(words), (byte) => Buffer.from([byte]))
  return {
    words: `${JSON.stringify(words)}, ${pauseMs} ms between bytes, ${halfClosed ? 'then half closed' : 'then silent'}, at ${place.name}`,
    run: () => visit(scene, place, { parts, pauseMs, halfClosed, stayMs: 5_000, alpn: HTTP1 }),
  }
}

/** Requests whose sender has closed his side, with and without reading. */
const halfClosed = (dice: Dice, scene: Scene): Act => {
  const [place, count, unread] = [scene.gate(dice), dice.between(1, 60), dice.oneIn(2)]
  const bytes = dice.pick([
    text('GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n'),
    text('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00'),
    text('PRI * HT'),
    Buffer.alloc(0),
  ])
  return {
    words: `${count} × ${bytes.length} bytes${unread ? ', nothing read' : ''}, at ${place.name}`,
    run: () =>
      Promise.all(
        Array.from({ length: count }, () =>
          visit(scene, place, { parts: [bytes], halfClosed: true, unread, stayMs: 1_500, alpn: [] }),
        ),
      ),
  }
}

export const http1Kinds: readonly Kind[] = [
  { name: 'HTTP/1.1 pipelined', plan: pipelined },
  { name: 'HTTP/1.1 in tiny chunks', plan: chunks },
  { name: 'a slow beginning', plan: drip },
  { name: 'half-closed sockets', plan: halfClosed },
]
