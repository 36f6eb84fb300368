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

const MAX_PAYLOAD = 16_384

const pieces = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.max(1, Math.ceil(bytes.length / MAX_PAYLOAD)) }, (_none, i) =>
    bytes.subarray(i * MAX_PAYLOAD, (i + 1) * MAX_PAYLOAD),
  )

/** A header block of any size, as HEADERS and CONTINUATION. */
export const headersFrames = (stream: number, block: Buffer): Buffer =>
  Buffer.concat(
    pieces(block).map((payload, i, all) =>
      frame(i === 0 ? FRAME.headers : FRAME.continuation, {
        stream,
        payload,
        flags: i === all.length - 1 ? FLAG.endHeaders : 0,
      }),
    ),
  )

/** The whole of a request's body; at most 65 535 bytes, for which a window is open at the start. */
export const dataFrames = (stream: number, bytes: Buffer): Buffer =>
  Buffer.concat(
    pieces(bytes).map((payload, i, all) =>
      frame(FRAME.data, { stream, payload, flags: i === all.length - 1 ? FLAG.endStream : 0 }),
    ),
  )

/** Whether a frame that ends a stream, or the connection, is among the received bytes. */
export function hasEnd(received: Buffer): boolean {
  for (const { type, flags } of framesOf(received)) {
    if (type === FRAME.rstStream || type === FRAME.goaway) return true
    if ((type === FRAME.headers || type === FRAME.data) && (flags & FLAG.endStream) !== 0) return true
  }
  return false
}

export const hasGoaway = (received: Buffer): boolean => framesOf(received).some(({ type }) => type === FRAME.goaway)

function framesOf(bytes: Buffer): { type: number; flags: number }[] {
  const frames = []
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3))
    frames.push({ type: bytes[at + 3] as number, flags: bytes[at + 4] as number })
  return frames
}
