import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atMost, MessageMeter } from '../../../../src/daemon/gateway/messages.js'

const frame = (length: number) => {
  const bytes = Buffer.alloc(5 + length)
  bytes.writeUInt32BE(length, 1)
  return bytes
}

test('messages are counted alike however their bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(300), { maxLength: 10 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (lengths, cuts) => {
        const bytes = Buffer.concat(lengths.map(frame))
        const meter = new MessageMeter(atMost(300))
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const next = at + (cuts[i % cuts.length] as number)
          meter.push(bytes.subarray(at, next))
          at = next
          if (at < bytes.length && at < 5) expect(meter.isWhole).toBe(false)
        }
        expect(meter.messages).toBe(lengths.length)
        expect(meter.isWhole).toBe(true)
      },
    ),
  )
})

test('a message above the limit is refused at its prefix, before its bytes have come', () => {
  const meter = new MessageMeter(atMost(10))
  meter.push(frame(10))
  expect(() => meter.push(frame(11).subarray(0, 5))).toThrow('grpc: received message larger than max (11 vs. 10)')
  expect(() => new MessageMeter(atMost(10)).push(Buffer.from([0, 255, 255, 255, 255]))).toThrow('(4294967295 vs. 10)')
})

test('an unfinished message is not whole', () => {
  const meter = new MessageMeter(atMost(10))
  meter.push(frame(4).subarray(0, 8))
  expect(meter.isWhole).toBe(false)
  meter.push(Buffer.alloc(1))
  expect(meter.isWhole).toBe(true)
})
