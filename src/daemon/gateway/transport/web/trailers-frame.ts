import { toHeaderFields } from '../../http2-headers/header-fields.js'
import { HeaderList } from '../../header-list.js'
import { PREFIX_BYTES } from '../../messages.js'

/** The bit of a frame's flag that says: no message, but the trailers. */
const TRAILERS = 0x80

/** The trailers of a call as the last frame of its answer: lines as in a head of HTTP/1.1 (snet-wire 5.4). */
export function trailersFrame(trailers: HeaderList): Buffer {
  let lines = ''
  for (const [name, value] of new HeaderList(toHeaderFields(trailers))) lines += `${name}: ${value}\r\n`
  const text = Buffer.from(lines, 'latin1')
  const frame = Buffer.alloc(PREFIX_BYTES + text.length)
  frame.writeUInt8(TRAILERS)
  frame.writeUInt32BE(text.length, 1)
  text.copy(frame, PREFIX_BYTES)
  return frame
}
