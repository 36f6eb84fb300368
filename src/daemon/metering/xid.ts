import { randomBytes, randomInt } from 'node:crypto'

const DIGITS = '0123456789abcdefghijklmnopqrstuv'
/** Of this process alone. */
const MAKER = randomBytes(5)
let count = randomInt(2 ** 24)

/**
 * An id as the reference makes them: 20 digits of base 32 for 4 bytes of seconds, 5 of who made it and 3 that count up,
 * so that ids sort by their time.
 */
export function makeXid(now: number): string {
  count = (count + 1) % 2 ** 24
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(Math.floor(now / 1000) % 2 ** 32)
  MAKER.copy(bytes, 4)
  bytes.writeUIntBE(count, 9, 3)
  // Four bits of nothing make 100 bits of 96.
  let value = BigInt(`0x${bytes.toString('hex')}`) << 4n
  let text = ''
  for (let at = 0; at < 20; at++, value >>= 5n) text = `${DIGITS[Number(value & 31n)]}${text}`
  return text
}
