import { constants, crc32, deflateSync } from 'node:zlib'
import { SnetError } from '../../../shared/errors.js'
import { randomOf } from '../../../shared/random.js'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** 8 bits for each channel, RGBA; no interlacing. */
const FORMAT = [8, 6, 0, 0, 0]

/** A picture needs a pixel: below this size its side would be 0. */
export const MIN_MEDIUM = 4

/** Side of the square picture whose file has about `size` bytes: three bytes of noise for a pixel (berty 2). */
export const sideOf = (size: number): number => Math.trunc(Math.trunc(Math.sqrt(size) * 1.15) / 2)

/** An opaque picture of noise that depends on the seed alone. Error: `invalid-request` for a size without a pixel. */
export function noisePng(size: number, seed: string): Buffer {
  const side = sideOf(size)
  if (side < 1) throw new SnetError('invalid-request', `a medium of ${size} bytes has no pixel: size must be above 3`)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set(FORMAT, 8)
  // Noise does not shrink; Huffman codes alone take care of the alpha channel, and cost little.
  const pixels = deflateSync(noise(side, seed), { strategy: constants.Z_HUFFMAN_ONLY })
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** Rows of pixels, each behind the number of its filter: none. */
function noise(side: number, seed: string): Buffer {
  const random = randomOf(`png/${seed}`)
  const row = 1 + 4 * side
  const bytes = Buffer.alloc(row * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) bytes.writeUInt32BE((random.uint32() | 0xff) >>> 0, y * row + 1 + 4 * x)
  return bytes
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const bytes = Buffer.alloc(typed.length + 8)
  bytes.writeUInt32BE(data.length, 0)
  typed.copy(bytes, 4)
  bytes.writeUInt32BE(crc32(typed), typed.length + 4)
  return bytes
}
