import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Base64Reader, toBase64 } from '../../../../../src/daemon/gateway/transport/web/base64.js'
import { cutInto, someCuts } from '../../../../support/cuts.js'

/** What a reader makes of these pieces; undefined from the first one on that is no base64. */
function readAll(pieces: readonly Buffer[]): { bytes: Buffer | undefined; isWhole: boolean } {
  const reader = new Base64Reader()
  const parts = pieces.map((piece) => reader.read(piece))
  const bytes = parts.includes(undefined) ? undefined : Buffer.concat(parts as Buffer[])
  return { bytes, isWhole: reader.isWhole }
}

const text = (words: string): Buffer => Buffer.from(words, 'latin1')

test('bytes survive, however they were parted before they were written, and wherever their text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), someCuts(), (parts, cuts) => {
      const written = Buffer.concat(parts.map((part) => toBase64(Buffer.from(part))))
      expect(readAll(cutInto(written, cuts))).toEqual({ bytes: Buffer.concat(parts), isWhole: true })
    }),
  )
})

test.each(['*AAA', 'AA A', 'AAA\n', '=AAA', 'A===', 'AA=A', 'AAA==', 'AA==A=BB', 'AA-_', '\u0000AAA', 'ÿAAA'])(
  '%j is none, wherever it is cut',
  (words) => {
    for (let at = 0; at <= words.length; at++) {
      expect(readAll([text(words.slice(0, at)), text(words.slice(at))]).bytes).toBeUndefined()
    }
  },
)

test.each(['A', 'AA', 'AAA', 'AAAAA', 'AA=', 'AA==B'])('%j is not whole yet', (words) => {
  expect(readAll([text(words)])).toMatchObject({ bytes: expect.any(Buffer), isWhole: false })
})

test('what is whole comes at once', () => {
  const reader = new Base64Reader()
  expect([reader.read(text('YWJ')), reader.read(text('j')), reader.read(text('ZA=')), reader.read(text('='))]).toEqual(
    ['', 'abc', '', 'd'].map(text),
  )
})
