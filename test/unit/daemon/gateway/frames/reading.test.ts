import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { keep, keepFor, letGo, partOf, Reading } from '../../../../../src/daemon/gateway/frames/reading.js'
import { Dice } from '../../../../support/attacker/dice.js'
import { serveFrames } from './support.js'

const BYTES = 64 * 1024
const read = (bytes = BYTES): Buffer => Buffer.allocUnsafeSlow(bytes)
const isFreed = ({ buffer }: Buffer): boolean => buffer.byteLength === 0

/** Frees what is not needed: that is done with the next readings. */
function readOn(): void {
  for (let i = 0; i < 8; i++) Reading.begin(read())?.end()
  Reading.begin(read())
}

/** A reading that is over, with a piece of it that goes on. */
function readPiece(bytes = read()): Buffer {
  const piece = bytes.subarray(9, 9 + 16 * 1024)
  const reading = Reading.begin(bytes)
  if (reading) keepFor(piece, reading)
  reading?.end()
  return piece
}

describe('what was read at once', () => {
  test('is freed once its pieces have been let go of, with a later reading', () => {
    const piece = readPiece()
    readOn()
    expect(isFreed(piece)).toBe(false)
    letGo(piece)
    expect(isFreed(piece)).toBe(false)
    readOn()
    expect(isFreed(piece)).toBe(true)
  })

  test('is freed when nothing of it goes on', () => {
    const bytes = read()
    Reading.begin(bytes)?.end()
    readOn()
    expect(isFreed(bytes)).toBe(true)
  })

  test('stays until all who have a piece have let go of it', () => {
    const piece = readPiece()
    keep(piece)
    letGo(piece)
    readOn()
    expect(isFreed(piece)).toBe(false)
    letGo(piece)
    readOn()
    expect(isFreed(piece)).toBe(true)
  })

  test('stays until all parts of a piece are let go of', () => {
    const piece = readPiece()
    const parts = [partOf(piece, 0, 5), partOf(piece, 5, 100), partOf(piece, 100, piece.length)]
    for (const part of parts) {
      readOn()
      expect(isFreed(piece)).toBe(false)
      letGo(part)
    }
    readOn()
    expect(isFreed(piece)).toBe(true)
  })

  test.each([
    ['too little', read(4_096)],
    ['a part of other memory', read(2 * BYTES).subarray(0, BYTES)],
  ])('is left to V8 where it is %s', (_what, bytes) => {
    const piece = readPiece(bytes)
    keep(piece)
    letGo(partOf(piece, 0, 1))
    letGo(piece)
    letGo(bytes)
    readOn()
    expect(isFreed(piece)).toBe(false)
  })

  test('is left to V8 where a copy of a piece is let go of', () => {
    const piece = readPiece()
    letGo(Buffer.from(piece))
    readOn()
    expect(isFreed(piece)).toBe(false)
  })
})

/** What an echo of frames has read and written on, while `client` sends it bodies and gets them back. */
async function echoed(sizes: readonly number[], writes: (piece: Buffer) => boolean): Promise<Buffer[]> {
  const pieces: Buffer[] = []
  await using server = await serveFrames({
    onStream(stream) {
      stream.sendHeaders([':status', '200'])
      const pass = (): void => {
        for (let bytes = stream.read(); bytes; bytes = stream.read()) {
          pieces.push(bytes)
          stream.write(writes(bytes) ? bytes : Buffer.from(bytes))
        }
        if (stream.isReadToEnd) stream.end()
      }
      stream.events = { onNews: pass }
      pass()
    },
  })
  const session = connectHttp2(`http://127.0.0.1:${server.port}`)
  const dice = new Dice('echoed')
  const one = async (size: number): Promise<void> => {
    const body = randomBytes(size)
    const stream = session.request({ ':method': 'POST', ':path': '/a.B/C' })
    stream.end(body)
    const got: Buffer[] = []
    for await (const chunk of stream) {
      got.push(chunk as Buffer)
      if (dice.oneIn(10)) await nextTurn()
    }
    expect(Buffer.concat(got).equals(body)).toBe(true)
  }
  await Promise.all(sizes.map(one))
  session.close()
  await once(session, 'close')
  readOn()
  return pieces
}

const SIZES = [10, 5_000, 20_000, 65_536, 200_000, 1_000_000, 3_000_000]
const bytesOf = (pieces: readonly Buffer[]): number => pieces.reduce((sum, { length }) => sum + length, 0)
const TOTAL = bytesOf(SIZES.map((size) => Buffer.alloc(size)))

describe('of bodies that go on, whole and to clients who read now and then,', () => {
  test('most is freed', async () => {
    expect(bytesOf(await echoed(SIZES, () => true))).toBeLessThan(TOTAL / 4)
  })

  test('nothing is freed that somebody kept without a word', async () => {
    expect(bytesOf(await echoed(SIZES, () => false))).toBe(TOTAL)
  })
})
