import type { LogLevel } from '../shared/log-level.js'
import { type ConfigOf, Expected, type Field, type Schema } from './engine.js'
import { boolean, choice, custom, integer, list, object, optional, path, required, text, url } from './fields.js'
import { logLevel } from './keys/index.js'

/** The kinds of hooks, each with its keys; those of secrets may name a file in place of the secret. */

const mailbox = (doc: string): Field<string> => ({
  ...text({ doc }),
  parse: (raw) => {
    if (typeof raw === 'string' && /^[^\r\n@]+@[^\r\n@]+$/.test(raw)) return raw
    throw new Expected('an address such as ops@example.com or Ops <ops@example.com>')
  },
})

/** Commas part addresses, and blanks belong to them. */
const mailboxes: Field<readonly string[]> = custom('list of addresses', { doc: 'Who gets the mail.' }, (raw) => {
  const written: unknown[] = typeof raw === 'string' ? raw.split(',').map((one) => one.trim()) : []
  const all = (Array.isArray(raw) ? (raw as unknown[]) : written).map((one) => mailbox('').parse(one))
  if (all.length === 0) throw new Expected('one address or more')
  return all
})

const secret = (doc: string): Field<string | undefined> => optional(text({ doc, secret: true }))
const secretFile = (doc: string): Field<string | undefined> => optional(path({ doc }))

const OF_ALL = {
  levels: list(logLevel({ doc: '' }), { default: ['error', 'fatal'] satisfies LogLevel[], doc: 'Which lines.' }),
  max_per_minute: integer({ min: 1, max: 600, default: 20, doc: 'Messages that are sent per minute.' }),
}

export const HOOK_KEYS = {
  email: {
    ...OF_ALL,
    host: required(text({ doc: 'Mail server.' }), 'set it to your mail server'),
    port: required(integer({ min: 1, max: 65_535, doc: 'Its port.' }), 'set it to the port of your mail server'),
    from: required(mailbox('Sender.'), 'set it to the address of the sender'),
    to: required(mailboxes, 'set it to who gets the mail'),
    username: optional(text({ doc: 'Who logs in; `from` when unset.' })),
    password: secret('Of username.'),
    password_file: secretFile('File with it.'),
    application_name: optional(text({ doc: 'Name of the sender.' })),
    tls: optional(choice(['starttls', 'implicit', 'none'], { doc: 'How TLS begins.' })),
    tls_ca: optional(path({ doc: 'Authorities (PEM) of the mail server.' })),
  },
  telegram_bot: {
    ...OF_ALL,
    telegram_api_key: secret('Of the bot.'),
    telegram_api_key_file: secretFile('File with it.'),
    telegram_chat_id: required(text({ doc: 'Chat that is written to.' }), 'set it to the number of the chat'),
    telegram_disable_notifications: boolean({ default: false, doc: 'Whether messages make no sound.' }),
    telegram_disable_notification: boolean({ default: false, doc: 'The same.' }),
    telegram_api_url: url({ schemes: ['http', 'https'], default: 'https://api.telegram.org', doc: 'Its server.' }),
  },
  webhook: {
    ...OF_ALL,
    url: optional({ ...url({ schemes: ['http', 'https'], doc: 'Where to post.' }), secret: 'beyond host' as const }),
    url_file: secretFile('File with it.'),
    authorization: secret('Header of that name.'),
    authorization_file: secretFile('File with it.'),
  },
  module: {
    ...OF_ALL,
    module: required(text({ doc: 'What is loaded.' }), 'set it to the path or the name of a module'),
    options: object({}, { default: {}, doc: 'What it is told.' }),
  },
} satisfies Readonly<Record<string, Schema>>

export type HookKind = keyof typeof HOOK_KEYS
export type HookSettings<K extends HookKind> = ConfigOf<(typeof HOOK_KEYS)[K]>

export const isHookKind = (type: unknown): type is HookKind =>
  typeof type === 'string' && Object.hasOwn(HOOK_KEYS, type)
