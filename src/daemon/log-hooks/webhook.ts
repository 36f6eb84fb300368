import type { Identity } from './event.js'
import { postJson } from './post-json.js'
import type { Sender } from './sender.js'

export interface WebhookConfig {
  readonly kind: 'webhook'
  readonly url: string
  readonly authorization: string | undefined
}

const MAX_EVENTS = 50

export function createWebhook({ url, authorization }: WebhookConfig, identity: Identity): Sender {
  // The library refuses a URL with a user in it.
  const target = new URL(url)
  const user = [target.username, target.password].map(decoded).join(':')
  target.username = target.password = ''
  const basic = user === ':' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`
  const header = authorization ?? basic
  return {
    async send(events, { skipped, signal }) {
      const told = events.slice(0, MAX_EVENTS)
      await postJson({
        url: target.href,
        headers: header === undefined ? {} : { authorization: header },
        body: { ...identity, skipped, events: told },
        signal,
      })
      return told.length
    },
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
