import type { BertyMessage, MemberEvent } from '../../berty.js'
import {
  ACKNOWLEDGE,
  type AppContent,
  readAppMessage,
  readMemberEvent,
  readMessageEvent,
  readUserMessage,
  USER_MESSAGE,
} from '../codec.js'
import type { Entry } from './reading-queue.js'

/** Undefined for an event without a device: nobody sent it. Other kinds, and bytes that are none, are `other`. */
export function toMessage({ id, bytes, receivedAt, isLive, isRepeat }: Entry): BertyMessage | undefined {
  const event = readMessageEvent(bytes)
  if (!event) return undefined
  const app = event.message && readAppMessage(event.message)
  const content: BertyMessage['content'] = (app && contentOf(app)) ?? { type: 'other' }
  const { device, counter, message } = event
  return { cid: id, device, counter, receivedAt, isLive, isRepeat, content, size: message?.length ?? 0 }
}

function contentOf(app: AppContent): BertyMessage['content'] | undefined {
  if (app.type === ACKNOWLEDGE) return app.target && { type: 'acknowledge', target: app.target }
  const body = app.type === USER_MESSAGE ? readUserMessage(app.payload) : undefined
  if (body === undefined) return undefined
  return { type: 'user', body, sentDateMs: app.sentDateMs, mediaCids: app.mediaCids }
}

export function toMemberEvent({ bytes }: Entry): MemberEvent | undefined {
  const event = readMemberEvent(bytes)
  if (!event) return undefined
  const { type, first, second } = event
  return type === 'device-added' ? { type, member: first, device: second } : { type, device: first, withMember: second }
}
