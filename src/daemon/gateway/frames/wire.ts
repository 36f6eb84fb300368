/** RFC 9113 6: the kinds of frames. */
export const FRAME = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const

/** What a flag means depends on the kind of frame: the same bit ends a stream, and acknowledges. */
export const FLAG = { END_STREAM: 0x1, ACK: 0x1, END_HEADERS: 0x4, PADDED: 0x8, PRIORITY: 0x20 } as const

/** RFC 9113 7. */
export const CODE = {
  NO_ERROR: 0,
  PROTOCOL_ERROR: 1,
  INTERNAL_ERROR: 2,
  FLOW_CONTROL_ERROR: 3,
  STREAM_CLOSED: 5,
  FRAME_SIZE_ERROR: 6,
  REFUSED_STREAM: 7,
  CANCEL: 8,
  COMPRESSION_ERROR: 9,
  ENHANCE_YOUR_CALM: 11,
} as const

/** RFC 9113 6.5.2. */
export const SETTING = {
  HEADER_TABLE_SIZE: 1,
  ENABLE_PUSH: 2,
  MAX_CONCURRENT_STREAMS: 3,
  INITIAL_WINDOW_SIZE: 4,
  MAX_FRAME_SIZE: 5,
  MAX_HEADER_LIST_SIZE: 6,
} as const

/** What a client begins a connection with (RFC 9113 3.4). */
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

export const HEADER_BYTES = 9
/** The largest payload that both sides take without having agreed on more. */
export const FRAME_BYTES = 16_384
/** Of a flow-control window at the start, and at most. */
export const DEFAULT_WINDOW = 65_535
export const LARGEST_WINDOW = 2 ** 31 - 1
export const LARGEST_STREAM = 2 ** 31 - 1

/** What a peer may have too much of. */
export type FrameLimit = 'header-block' | 'header-list' | 'streams' | 'resets' | 'idle-frames'

/** The peer broke the rules of the connection, which ends with this code. */
export class ConnectionFault extends Error {
  /** @param limit that the peer went beyond, if it is that */
  constructor(
    readonly code: number,
    message: string,
    readonly limit?: FrameLimit,
  ) {
    super(message)
  }
}

/** Writes the 9 bytes before a payload (RFC 9113 4.1). */
export function writeFrameHeader(
  out: Buffer,
  at: number,
  length: number,
  type: number,
  flags: number,
  stream: number,
): void {
  out[at] = length >> 16
  out[at + 1] = length >> 8
  out[at + 2] = length
  out[at + 3] = type
  out[at + 4] = flags
  out[at + 5] = stream >> 24
  out[at + 6] = stream >> 16
  out[at + 7] = stream >> 8
  out[at + 8] = stream
}

/** The payload of a WINDOW_UPDATE, or of a RST_STREAM. */
export function uint32(value: number): Buffer {
  const payload = Buffer.allocUnsafe(4)
  payload.writeUInt32BE(value)
  return payload
}
