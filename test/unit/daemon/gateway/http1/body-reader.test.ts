import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BodyReader, readerOf } from '../../../../../src/daemon/gateway/transport/http1/body-reader.js'
import { cutInto, someCuts } from '../../../../support/cuts.js'

const text = (words: string): Buffer => Buffer.from(words, 'latin1')
const chunked = (): BodyReader => readerOf({ kind: 'chunked' })

/** The body in these pieces and what came behind it; undefined where they break the rules. */
function readAll(reader: BodyReader, pieces: readonly Buffer[]): { body: Buffer; rest: Buffer } | undefined {
  const [bodies, rests]: [Buffer[], Buffer[]] = [[], []]
  for (const piece of pieces) {
    const parts = reader.read(piece)
    if (!parts) return undefined
    bodies.push(parts.body)
    rests.push(parts.rest)
    if (parts.rest.length > 0) expect(reader.isEnded).toBe(true)
  }
  return { body: Buffer.concat(bodies), rest: Buffer.concat(rests) }
}

const somePart = () => fc.uint8Array({ minLength: 1, maxLength: 300 })
const someExtension = () => fc.constantFrom('', ' ', ';a', ' ; a="b;c"')
const someTrailers = () => fc.constantFrom('', 'x: y\r\n', 'a: b\r\nc: d\r\n')

describe('the bytes of a body are told from those behind it, wherever they are cut', () => {
  test('in chunks of any size', () => {
    fc.assert(
      fc.property(
        ...[
          fc.array(fc.tuple(somePart(), someExtension())),
          someTrailers(),
          fc.uint8Array({ maxLength: 50 }),
          someCuts(),
        ],
        (chunks, trailers, behind, cuts) => {
          const lines = chunks.flatMap(([part, more]) => [
            text(`${part.length.toString(16)}${more}\r\n`),
            part,
            text('\r\n'),
          ])
          const written = Buffer.concat([...lines, text(`0\r\n${trailers}\r\n`), behind])
          const reader = chunked()
          expect(readAll(reader, cutInto(written, cuts))).toEqual({
            body: Buffer.concat(chunks.map(([part]) => part)),
            rest: Buffer.from(behind),
          })
          expect(reader.isEnded).toBe(true)
        },
      ),
    )
  })

  test('where its length was told', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), someCuts(), (body, behind, cuts) => {
        const reader = readerOf({ kind: 'sized', bytes: body.length })
        const read = readAll(reader, cutInto(Buffer.concat([body, behind]), cuts))
        expect(read).toEqual({ body: Buffer.from(body), rest: Buffer.from(behind) })
        expect(reader.isEnded).toBe(true)
      }),
    )
  })
})

test.each([
  ['no size', 'x\r\n'],
  ['an empty size', '\r\n'],
  ['a size below nothing', '-1\r\n'],
  ['a size beyond all measure', '100000000\r\n'],
  ['a size with a line feed alone', '1\na\r\n'],
  ['a chunk longer than its size', '1\r\nab\r\n'],
  ['a line without end', `1;${'a'.repeat(300)}`],
  ['trailers without end', `0\r\n${'a: b\r\n'.repeat(100)}`],
  ['a trailer with a line feed alone', '0\r\na: b\n'],
])('%s breaks the rules, wherever it is cut', (_what, words) => {
  for (let at = 0; at <= words.length; at++) {
    expect(readAll(chunked(), [text(words.slice(0, at)), text(words.slice(at))])).toBeUndefined()
  }
})

test('a body that goes on has not ended', () => {
  for (const words of ['', '5', '5\r\n', '5\r\nabcde', '5\r\nabcde\r\n', '0', '0\r\n', '0\r\na: b\r\n', '0\r\n\r']) {
    const reader = chunked()
    expect(readAll(reader, [text(words)])).toBeDefined()
    expect(reader.isEnded).toBe(false)
  }
})
