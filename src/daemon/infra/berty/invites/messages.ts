import type { LinkMessage, ShareableReply } from '../messages.js'
import { messengerReply } from '../methods.js'
import { bytesField } from '../proto-fields.js'

/** Whole messages of Berty, by the methods that answer with them. Decoding throws for bytes that are none. */
export const decodeReply = (bytes: Buffer): ShareableReply =>
  messengerReply<ShareableReply>('ShareableBertyGroup').decode(bytes)

export const encodeReply = (reply: ShareableReply): Buffer =>
  messengerReply<ShareableReply>('ShareableBertyGroup').encode(reply)

export const decodeLink = (bytes: Buffer): LinkMessage =>
  messengerReply<{ link?: LinkMessage }>('ParseDeepLink').decode(fieldOf(1, bytes)).link ?? {}

export const encodeLink = (link: LinkMessage): Buffer =>
  bytesField(messengerReply<{ link?: LinkMessage }>('ParseDeepLink').encode({ link }), 1) ?? Buffer.alloc(0)

/** These bytes as a field of another message. */
export function fieldOf(number: number, bytes: Buffer): Buffer {
  const length: number[] = []
  let left = bytes.length
  for (; left >= 0x80; left = Math.floor(left / 0x80)) length.push((left % 0x80) + 0x80)
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length, left]), bytes])
}
