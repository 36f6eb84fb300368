/** HTTP/2 by the byte (RFC 9113, RFC 7541), for what no library would send. */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

export const FLAG = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const

/** @param length what the frame says of its payload, when that is not the truth */
export function frame(
  type: number,
  { flags = 0, stream = 0, payload = Buffer.alloc(0), length = payload.length }: Partial<Frame> = {},
): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

interface Frame {
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
  readonly length: number
}

export const SETTINGS = frame(FRAME.settings)
export const HELLO = Buffer.concat([PREFACE, SETTINGS])

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A header block of literals without indexing, neither Huffman-coded nor checked. */
export const headerBlock = (lines: readonly (readonly [name: string, value: string])[]): Buffer =>
  Buffer.concat(lines.map(([name, value]) => Buffer.concat([Buffer.from([0]), hpackText(name), hpackText(value)])))

function hpackText(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  return Buffer.concat([hpackInteger(bytes.length), bytes])
}

/** An integer with a 7-bit prefix. */
function hpackInteger(value: number): Buffer {
  const MAX = 127
  if (value < MAX) return Buffer.from([value])
  const bytes = [MAX]
  for (let left = value - MAX; ; left >>= 7) {
    bytes.push(left >= 128 ? (left % 128) + 128 : left)
    if (left < 128) return Buffer.from(bytes)
  }
}
