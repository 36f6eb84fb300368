import type { Socket } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LARGEST_COPIED_BYTES, Output } from '../../../../../src/daemon/gateway/frames/output.js'
import { FRAME, HEADER_BYTES } from '../../../../../src/daemon/gateway/frames/wire.js'

/** Takes writes, and has sent them only when it is told to: until then the bytes must stay as they are. */
class SlowSocket {
  destroyed = false
  writableLength = 0
  readonly sent: Buffer[] = []
  readonly #writes: { readonly bytes: Buffer; readonly asGiven: Buffer; readonly onSent: (() => void) | undefined }[] =
    []

  cork(): void {}
  uncork(): void {}

  write(bytes: Buffer, onSent?: () => void): boolean {
    this.#writes.push({ bytes, asGiven: Buffer.from(bytes), onSent })
    this.writableLength += bytes.length
    return true
  }

  sendSome(count: number): void {
    for (const { bytes, asGiven, onSent } of this.#writes.splice(0, count)) {
      expect(bytes.equals(asGiven)).toBe(true)
      this.sent.push(asGiven)
      this.writableLength -= bytes.length
      onSent?.()
    }
  }
}

class Line {
  readonly socket = new SlowSocket()
  readonly output = new Output(this.socket as unknown as Socket, () => undefined)
  readonly expected: Buffer[] = []
  told = 0
  asked = 0

  frame(bytes: number, fill: number): void {
    const payload = Buffer.alloc(bytes, fill)
    this.output.frame(FRAME.DATA, 0, 1, payload, (length) => (this.told += length))
    // As `LENGTH TYPE FLAGS STREAM` of RFC 9113 4.1.
    const head = Buffer.alloc(HEADER_BYTES)
    head.writeUIntBE(bytes, 0, 3)
    head.writeUInt32BE(1, 5)
    this.expected.push(head, Buffer.from(payload))
    this.asked += bytes
    // Of a small one a copy was made: whoever wrote it may do with it as he likes.
    if (bytes <= LARGEST_COPIED_BYTES) payload.fill(0xff)
  }
}

const line = fc.nat(2)
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('frame'), line, count: fc.oneof(fc.nat(3_000), fc.nat(16_384)) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('flush'), line, count: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('send'), line, count: fc.constantFrom(1, 1, 1, 2, 9) }) },
)

test('what was written stays as it was until the socket has it, and goes out in order, on each of many connections', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), (steps) => {
      const lines = [new Line(), new Line(), new Line()]
      for (const [i, { kind, line: which, count }] of steps.entries()) {
        const { socket, output } = lines[which] as Line
        if (kind === 'frame') lines[which]?.frame(count, i)
        else if (kind === 'flush') output.flush()
        else socket.sendSome(count)
      }
      for (const { socket, output, expected, asked, told } of lines) {
        expect(told).toBeLessThanOrEqual(asked)
        output.flush()
        socket.sendSome(Infinity)
        expect(Buffer.concat(socket.sent).equals(Buffer.concat(expected))).toBe(true)
      }
      for (const { asked, told } of lines) expect(told).toBe(asked)
    }),
    { numRuns: 300 },
  )
})
