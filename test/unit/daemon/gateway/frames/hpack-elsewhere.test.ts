import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type ClientHttp2Session, connect } from 'node:http2'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HpackDecoder } from '../../../../../src/daemon/gateway/frames/hpack/index.js'
import { Dice } from '../../../../support/attacker/dice.js'
import { readWith } from '../../../../support/fuzz/hpack-cases.js'
import type { Lines } from '../../../../support/fuzz/hpack-writer.js'
import { serveFrames } from './support.js'

interface Recorded {
  readonly block: string
  /** Null where it is refused. */
  readonly fields: readonly string[] | null
}

test('we read, and refuse, what python3-hpack does (recorded: npm run test:fuzz -- --record-hpack FILE --seed N)', () => {
  const file = join(import.meta.dirname, '../../../../vectors/hpack.json')
  const sequences = JSON.parse(readFileSync(file, 'utf8')) as Recorded[][]
  for (const steps of sequences) {
    const decoder = new HpackDecoder({ maxTableBytes: 4096, maxListBytes: 1 << 24 })
    for (const { block, fields } of steps) {
      const ours = readWith(decoder, Buffer.from(block, 'hex'))
      if (!ours.isOfSize) expect(ours.fields?.flat() ?? null).toEqual(fields)
    }
  }
})

const NAMES = ['content-type', 'grpc-status', 'x-a', 'x-b', 'cookie', 'grpc-encoding']
const TEXT = /^[!-~](?:[ -~]*[!-~])?$/

const someLines = (dice: Dice): Lines =>
  Array.from({ length: dice.between(0, 8) }, () => {
    const text = dice.bytes(dice.between(1, 60)).toString('latin1')
    return [dice.pick(NAMES), TEXT.test(text) ? text : `v${dice.between(0, 90)}`.repeat(dice.between(1, 40))] as const
  })

/** The head of an answer, names and values in turn. */
async function ask(session: ClientHttp2Session): Promise<readonly string[]> {
  const stream = session.request({ ':method': 'GET', ':path': '/a.B/C' }, { endStream: true })
  const [, , raw] = (await once(stream, 'response')) as [unknown, unknown, string[]]
  stream.resume()
  return raw
}

test('nghttp2 reads what we write, however large it has the table', async () => {
  const dice = new Dice('nghttp2')
  let lines: Lines = []
  await using server = await serveFrames({
    onStream: (stream) => stream.sendHeaders([':status', '200', ...lines.flat()], true),
  })
  const session = connect(`http://127.0.0.1:${server.port}`)
  for (let n = 0; n < 150; n++) {
    if (dice.oneIn(4)) {
      session.settings({ headerTableSize: dice.pick([0, 40, 200, 1_000, 4_096, 65_536]) })
      await once(session, 'localSettings')
    }
    lines = someLines(dice)
    expect(await ask(session)).toEqual([':status', '200', ...lines.flat()])
  }
  session.destroy()
})
