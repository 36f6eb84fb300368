import { CODE, ConnectionFault, DEFAULT_WINDOW, FRAME_BYTES, LARGEST_WINDOW, SETTING } from './wire.js'

/** What the peer has told of itself, as far as it matters to whoever sends. */
export interface PeerSettings {
  readonly headerTableBytes: number
  readonly maxStreams: number
  readonly initialWindow: number
  readonly maxFrameBytes: number
}

export const FIRST_SETTINGS: PeerSettings = {
  headerTableBytes: 4096,
  maxStreams: Infinity,
  initialWindow: DEFAULT_WINDOW,
  maxFrameBytes: FRAME_BYTES,
}

const ENTRY_BYTES = 6

/** The settings after a SETTINGS frame of a client, or of a server (RFC 9113 6.5.2). Fault: ConnectionFault. */
export function readSettings(now: PeerSettings, payload: Buffer, by: 'client' | 'server'): PeerSettings {
  if (payload.length % ENTRY_BYTES !== 0) throw new ConnectionFault(CODE.FRAME_SIZE_ERROR, 'a cut SETTINGS frame')
  let next = now
  for (let at = 0; at < payload.length; at += ENTRY_BYTES)
    next = { ...next, ...readSetting(payload.readUInt16BE(at), payload.readUInt32BE(at + 2), by) }
  return next
}

function readSetting(id: number, value: number, by: 'client' | 'server'): Partial<PeerSettings> {
  switch (id) {
    case SETTING.HEADER_TABLE_SIZE:
      return { headerTableBytes: value }
    case SETTING.ENABLE_PUSH:
      // Only a client may want to be pushed anything.
      if (value > (by === 'client' ? 1 : 0)) throw new ConnectionFault(CODE.PROTOCOL_ERROR, `ENABLE_PUSH is ${value}`)
      return {}
    case SETTING.MAX_CONCURRENT_STREAMS:
      return { maxStreams: value }
    case SETTING.INITIAL_WINDOW_SIZE:
      if (value > LARGEST_WINDOW) throw new ConnectionFault(CODE.FLOW_CONTROL_ERROR, `a window of ${value} bytes`)
      return { initialWindow: value }
    case SETTING.MAX_FRAME_SIZE:
      if (value < FRAME_BYTES || value >= 2 ** 24)
        throw new ConnectionFault(CODE.PROTOCOL_ERROR, `frames of ${value} bytes`)
      return { maxFrameBytes: value }
    default:
      // Unknown ones are ignored (RFC 9113 6.5.2).
      return {}
  }
}

/** The payload of a SETTINGS frame. */
export function writeSettings(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(settings.length * ENTRY_BYTES)
  settings.forEach(([id, value], index) => {
    payload.writeUInt16BE(id, index * ENTRY_BYTES)
    payload.writeUInt32BE(value, index * ENTRY_BYTES + 2)
  })
  return payload
}
