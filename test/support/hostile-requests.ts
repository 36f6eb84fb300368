import fc from 'fast-check'

const varint = fc.bigInt(0n, 2n ** 64n - 1n).map((value) => {
  const bytes: number[] = []
  for (; value > 127n; value >>= 7n) bytes.push(Number(value & 127n) | 128)
  return [...bytes, Number(value)]
})
const text = fc.uint8Array({ maxLength: 80 })
/** Fields as own messages have them, with any values. */
const field = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 10 }), varint).map(([number, value]) => [number * 8, ...value]),
  fc.tuple(fc.integer({ min: 1, max: 10 }), text).map(([number, value]) => [number * 8 + 2, value.length, ...value]),
)
const message = fc.array(field, { maxLength: 8 }).map((fields) => Buffer.from(fields.flat()))
const nested = fc.tuple(fc.integer({ min: 1, max: 3 }), message).map(([number, inner]) => within(number, inner))
const cut = fc.tuple(message, fc.nat(200)).map(([bytes, at]) => bytes.subarray(0, at % (bytes.length + 1)))
const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))

/** A message as a field of another one. */
function within(number: number, inner: Uint8Array): Buffer {
  const length = inner.length > 127 ? [(inner.length & 127) | 128, inner.length >> 7] : [inner.length]
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), inner])
}

/** So many requests as anybody can send them: none, empty, cut short, of any fields and of noise; each its messages. */
export function hostileRequests(count: number): Buffer[][] {
  const requests = fc.sample(fc.oneof(message, nested, cut, noise), { numRuns: count, seed: 14 })
  return [[], [Buffer.alloc(0)], [Buffer.alloc(0), Buffer.alloc(0)], ...requests.map((bytes) => [bytes])]
}

/** What stands beside a field that is right. */
export const hostileFields = (count: number): Buffer[] =>
  fc.sample(fc.oneof(message, nested), { numRuns: count, seed: 14 })
