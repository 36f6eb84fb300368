import { BERTY } from '../../../shared/wire/index.js'
import { bertyCodecs } from '../../../shared/wire/grpc/index.js'
import type { BertyMessage, MemberEvent } from '../contract/berty.js'
import { type Cid, cid } from '../contract/keys.js'
import { cidOfText, keyOf } from './cids.js'

/** Undefined for an entry without one: it cannot be told from others. */
export function readEventId(event: Buffer): Cid | undefined {
  const id = orUndefined(() => bertyCodecs.messageEvent.decode(event))?.event_context?.id
  return id && id.length > 0 ? cid(id) : undefined
}

/** The content of an event, without how it arrived. */
export type ReadMessage = Pick<BertyMessage, 'device' | 'counter' | 'content' | 'size'>

/** Undefined for an event without a device: nobody sent it. Other kinds, and bytes that are none, are `other`. */
export function readMessage(event: Buffer): ReadMessage | undefined {
  const { headers, message } = orUndefined(() => bertyCodecs.messageEvent.decode(event)) ?? {}
  const device = keyOf(headers?.device_pk)
  if (!device) return undefined
  const content = (message && orUndefined(() => readContent(message))) ?? { type: 'other' }
  return { device, counter: BigInt(headers?.counter ?? 0), content, size: message?.length ?? 0 }
}

/** The sender may have put anything in. */
function readContent(message: Uint8Array): BertyMessage['content'] | undefined {
  const app = bertyCodecs.appMessage.decode(message)
  if (app.type === BERTY.appType.acknowledge) {
    const target = cidOfText(app.target_cid ?? '')
    return target && { type: 'acknowledge', target }
  }
  if (app.type !== BERTY.appType.userMessage) return undefined
  return {
    type: 'user',
    body: (app.payload && bertyCodecs.userMessage.decode(app.payload).body) ?? '',
    sentDateMs: app.sent_date === undefined ? undefined : Number(app.sent_date),
    mediaCids: (app.medias ?? []).map(({ cid: id = '' }) => id),
  }
}

/** Undefined for events that say nothing about members and their keys, and for what cannot be read. */
export function readMemberEvent(event: Buffer): MemberEvent | undefined {
  return orUndefined(() => {
    const { metadata, event: bytes } = bertyCodecs.metadataEvent.decode(event)
    if (!bytes) return undefined
    if (metadata?.event_type === BERTY.event.memberDeviceAdded) return readDevice(bytes)
    if (metadata?.event_type === BERTY.event.chainKeyAdded) return readSharedKey(bytes)
    return undefined
  })
}

function readDevice(event: Uint8Array): MemberEvent | undefined {
  const { member_pk, device_pk } = bertyCodecs.memberDeviceAdded.decode(event)
  const member = keyOf(member_pk)
  const device = keyOf(device_pk)
  return member && device && { type: 'device-added', member, device }
}

function readSharedKey(event: Uint8Array): MemberEvent | undefined {
  const { device_pk, dest_member_pk } = bertyCodecs.chainKeyAdded.decode(event)
  const device = keyOf(device_pk)
  const withMember = keyOf(dest_member_pk)
  return device && withMember && { type: 'key-shared', device, withMember }
}

function orUndefined<T>(read: () => T | undefined): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
