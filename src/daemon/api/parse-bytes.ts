import { SnetError } from '../../shared/errors.js'
import { bigEndian, type ChannelId, channelId, isUint256 } from '../../shared/units.js'

/** What a message field of bytes is that is not there. */
export const NO_BYTES = new Uint8Array()

/** The field `channel_id` of several messages, a big-endian number of any length. Error: `invalid-request`. */
export function parseChannelId(bytes: Uint8Array = NO_BYTES): ChannelId {
  const id = bigEndian(bytes)
  if (isUint256(id)) return channelId(id)
  throw new SnetError('invalid-request', `channel_id has ${bytes.length} bytes, a channel id has at most 32`)
}
