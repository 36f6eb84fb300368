import type { Clock } from '../../shared/clock.js'
import type { OpenLog } from '../observability/index.js'
import { createEmail, type EmailConfig } from './email.js'
import type { Identity } from './event.js'
import { HookQueue, type QueueTimes } from './hook-queue.js'
import { createModuleHook, type ModuleConfig } from './module-hook.js'
import type { Sender } from './sender.js'
import { createTelegram, type TelegramConfig } from './telegram.js'
import { createWebhook, type WebhookConfig } from './webhook.js'

export type LogHookConfig = (EmailConfig | TelegramConfig | WebhookConfig | ModuleConfig) & {
  readonly name: string
  /** Lines of these levels are told, of those that are logged. */
  readonly levels: readonly string[]
  readonly perMinute: number
}

export interface LogHooksDeps {
  readonly log: Pick<OpenLog, 'onLine' | 'aside'>
  readonly identity: Identity
  /** Variables of the process, for the programs of modules. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock?: Clock
  readonly times?: QueueTimes
}

/** From now on hooks are told of lines; at the end, they have a moment for the last ones. */
export function openLogHooks(configs: readonly LogHookConfig[], { log, ...deps }: LogHooksDeps): AsyncDisposable {
  const hooks = configs.map((config) => {
    const { name, perMinute } = config
    const queue = new HookQueue({ name, perMinute, secrets: secretsOf(config) }, senderOf(config, deps), {
      log: log.aside,
      clock: deps.clock,
      times: deps.times,
    })
    return { queue, levels: config.levels }
  })
  if (hooks.length > 0)
    log.onLine((line) => {
      for (const { queue, levels } of hooks) if (levels.includes(line.level)) queue.add(line)
    })
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(hooks.map(({ queue }) => queue[Symbol.asyncDispose]()))
    },
  }
}

function senderOf(config: LogHookConfig, { identity, env }: Pick<LogHooksDeps, 'identity' | 'env'>): Sender {
  switch (config.kind) {
    case 'email':
      return createEmail(config, identity)
    case 'telegram_bot':
      return createTelegram(config, identity)
    case 'webhook':
      return createWebhook(config, identity)
    case 'module':
      return createModuleHook(config, identity, env)
  }
}

/** Whoever is asked may quote what he was sent. */
function secretsOf(config: LogHookConfig): string[] {
  switch (config.kind) {
    case 'email':
      return config.login ? [config.login.password, Buffer.from(config.login.password).toString('base64')] : []
    case 'telegram_bot':
      return [config.apiKey]
    case 'webhook': {
      const { pathname, search, username, password } = new URL(config.url)
      return [
        config.url,
        `${pathname}${search}`,
        pathname,
        search,
        username,
        password,
        config.authorization ?? '',
      ].filter((part) => part.length > 1)
    }
    case 'module':
      return textsIn(config.options)
  }
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.length > 3 ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
