import { cutShort } from '../../shared/short-text.js'
import { eventText, type Identity, skippedText } from './event.js'
import { postJson } from './post-json.js'
import type { Sender } from './sender.js'

export interface TelegramConfig {
  readonly kind: 'telegram_bot'
  /** Without a slash at its end. */
  readonly apiUrl: string
  readonly apiKey: string
  readonly chatId: string
  readonly isSilent: boolean
}

/** What the server takes. */
const MAX_TEXT = 4_096

export function createTelegram({ apiUrl, apiKey, chatId, isSilent }: TelegramConfig, identity: Identity): Sender {
  const id = /^-?\d+$/.test(chatId) && Number.isSafeInteger(Number(chatId)) ? Number(chatId) : chatId
  return {
    async send(events, { skipped, signal }) {
      const left = skippedText(skipped)
      let text = left
      let count = 0
      for (const event of events) {
        const longer = [text, eventText(event, identity)].filter((part) => part !== '').join('\n\n')
        if (longer.length > MAX_TEXT && count > 0) break
        text = cutShort(longer, MAX_TEXT)
        count++
      }
      const body = { chat_id: id, text, disable_notification: isSilent }
      await postJson({ url: `${apiUrl}/bot${apiKey}/sendMessage`, body, signal })
      return count
    },
  }
}
