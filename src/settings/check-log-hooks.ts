import { dirname, resolve } from 'node:path'
import { messageOf } from '../shared/errors.js'
import type { LogLevel } from '../shared/log-level.js'
import { isLoopback } from '../shared/loopback.js'
import { nearestKey } from '../shared/nearest-key.js'
import { readAuthority } from '../shared/tls-files.js'
import type { DaemonConfig } from './daemon-schema.js'
import { resolveConfig } from './engine.js'
import { LOG_NAMES, type WrittenHook } from './keys/index.js'
import type { SecretFile } from './secret-modes.js'
import { readSecret } from './secret-files.js'
import { HOOK_KEYS, type HookKind, type HookSettings, isHookKind } from './log-hook-keys.js'

interface HookOf<Kind extends HookKind> {
  readonly kind: Kind
  readonly name: string
  readonly levels: readonly LogLevel[]
  readonly perMinute: number
}

/** A hook that can be used, with the secrets of the files that it names. */
export type LogHook = EmailHook | TelegramHook | WebhookHook | ModuleHook

interface EmailHook extends HookOf<'email'> {
  readonly host: string
  readonly port: number
  readonly tls: 'starttls' | 'implicit' | 'none'
  readonly ca: Buffer | undefined
  readonly from: string
  readonly to: readonly string[]
  readonly applicationName: string | undefined
  /** Undefined for a server that asks nobody who he is. */
  readonly login: { readonly username: string; readonly password: string } | undefined
}

interface TelegramHook extends HookOf<'telegram_bot'> {
  readonly apiUrl: string
  readonly apiKey: string
  readonly chatId: string
  readonly isSilent: boolean
}

interface WebhookHook extends HookOf<'webhook'> {
  readonly url: string
  readonly authorization: string | undefined
}

interface ModuleHook extends HookOf<'module'> {
  readonly module: string
  /** Directory that a relative path, or the search for a package, begins at. */
  readonly directory: string
  readonly options: Readonly<Record<string, unknown>>
}

export interface CheckedHooks {
  readonly hooks: readonly LogHook[]
  /** Of hooks that are left out, too: as in the reference, a daemon starts without them. */
  readonly warnings: readonly string[]
  readonly secretFiles: readonly SecretFile[]
  /** Whether a secret stands among the settings themselves. */
  readonly holdSecrets: boolean
}

export interface HookSurroundings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where `log` was written, as messages name it. */
  readonly origin: string
  /** Path of the config file. */
  readonly file: string | undefined
}

/** Judges every hook that `log.hooks` names, and reads the files that they name. */
export async function checkLogHooks(log: DaemonConfig['log'] | undefined, at: HookSurroundings): Promise<CheckedHooks> {
  const checks: HookCheck[] = []
  const hooks: LogHook[] = []
  for (const written of log?.hooks ?? []) {
    const check = new HookCheck(written, at)
    checks.push(check)
    const hook = await check.read()
    if (hook && check.faults.length === 0) hooks.push(hook)
  }
  const names = [...LOG_NAMES, ...(log?.hooks ?? []).map(({ name }) => name)]
  const unknown = (log?.unknown ?? []).map((name) => {
    const near = nearestKey(name, names)
    const advice = near === undefined ? ', and log.hooks does not name it' : `, did you mean ${near}?`
    return `log.${name.slice(0, MAX_NAME)} is not a known key${advice} (from ${at.origin})`
  })
  return {
    hooks,
    warnings: [...unknown, ...checks.flatMap(({ faults, warnings }) => [...faults.map(leftOut), ...warnings])],
    secretFiles: checks.flatMap(({ secretFiles }) => secretFiles),
    holdSecrets: checks.some((check) => check.holdsSecret),
  }
}

const MAX_NAME = 60
const leftOut = (fault: string): string => `${fault}; the hook is left out until that is set right`

class HookCheck {
  readonly faults: string[] = []
  readonly warnings: string[] = []
  readonly secretFiles: SecretFile[] = []
  holdsSecret = false
  readonly #written: WrittenHook
  readonly #at: HookSurroundings

  constructor(written: WrittenHook, at: HookSurroundings) {
    this.#written = written
    this.#at = at
  }

  /** Undefined where nothing can be made of it; faults tell why, also where something can. */
  async read(): Promise<LogHook | undefined> {
    const { section } = this.#written
    if (!section) return this.#fault('', `log.hooks names it; add a section of that name to log, or take it out`)
    const { type } = section
    if (!isHookKind(type)) return this.#fault('type', `expected one of ${Object.keys(HOOK_KEYS).join(', ')}`)
    switch (type) {
      case 'email':
        return await this.#email(this.#resolve(type, section))
      case 'telegram_bot':
        return await this.#telegram(this.#resolve(type, section))
      case 'webhook':
        return await this.#webhook(this.#resolve(type, section))
      case 'module':
        return this.#module(this.#resolve(type, section), section)
    }
  }

  #fault(key: string, message: string): undefined {
    this.faults.push(`${this.#key(key)}: ${message} (from ${this.#at.origin})`)
  }

  #key(key: string): string {
    return ['log', this.#written.name.slice(0, MAX_NAME), key].filter((part) => part !== '').join('.')
  }

  #resolve<Kind extends HookKind>(kind: Kind, section: Readonly<Record<string, unknown>>): Resolved<Kind> | undefined {
    const schema = HOOK_KEYS[kind]
    const { config, problems } = resolveConfig(schema, [{ origin: () => this.#at.origin, values: section }])
    for (const { message } of problems)
      this.faults.push(`${this.#key('')}.${message.replace(/ \(not set\)$/, ` (from ${this.#at.origin})`)}`)
    const known = ['type', ...Object.keys(schema)]
    for (const name of Object.keys(section).filter((one) => !known.includes(one))) {
      const near = nearestKey(name, known)
      this.warnings.push(
        `${this.#key(name.slice(0, MAX_NAME))} is not a known key${near === undefined ? '' : `, did you mean ${near}?`} (from ${this.#at.origin})`,
      )
    }
    if (problems.length > 0) return undefined
    const { levels, max_per_minute: perMinute } = config as Pick<HookSettings<'module'>, 'levels' | 'max_per_minute'>
    const common = { kind, name: this.#written.name, levels, perMinute }
    return { settings: config, common }
  }

  /** From the key itself or the file that its sibling names; undefined where there is neither, or a fault. */
  async #secret(key: string, given: string | undefined, file: string | undefined): Promise<string | undefined> {
    this.holdsSecret ||= given !== undefined
    if (file === undefined) return given
    if (given !== undefined) return this.#fault(key, `is set, and ${key}_file too; leave one of them out`)
    const path = resolve(this.#at.cwd, file)
    const named = this.#key(`${key}_file`)
    this.secretFiles.push({ what: named, path, ifOpen: 'refused' })
    const found = await readSecret(path, this.#at.env)
    if ('fault' in found) return this.#fault(`${key}_file`, `${path} ${found.fault}`)
    if (found.warning !== undefined) this.warnings.push(`${named}: ${found.warning}`)
    if (/\p{Cc}/u.test(found.value)) return this.#fault(`${key}_file`, `${path} is to hold one line of text`)
    return found.value
  }

  async #email(found: Resolved<'email'> | undefined): Promise<LogHook | undefined> {
    if (!found) return undefined
    const {
      host,
      port,
      from,
      to,
      application_name,
      tls = port === 465 ? 'implicit' : 'starttls',
      ...more
    } = found.settings
    const password = await this.#secret('password', more.password, more.password_file)
    if (more.username !== undefined && password === undefined && this.faults.length === 0)
      this.#fault('password', 'username needs one; set password or password_file, or leave username out')
    if (tls === 'none' && password !== undefined && !isLoopback(host))
      this.#fault('tls', '"none" would send the password in cleartext; set starttls or implicit, or no password')
    const ca = more.tls_ca === undefined ? undefined : await this.#authority(resolve(this.#at.cwd, more.tls_ca))
    const login = password === undefined ? undefined : { username: more.username ?? addressIn(from), password }
    return { ...found.common, ...{ host, port, tls, ca, from, to, login }, applicationName: application_name }
  }

  async #authority(path: string): Promise<Buffer | undefined> {
    try {
      return await readAuthority(path)
    } catch (cause) {
      return this.#fault('tls_ca', messageOf(cause))
    }
  }

  async #telegram(found: Resolved<'telegram_bot'> | undefined): Promise<LogHook | undefined> {
    if (!found) return undefined
    const { telegram_api_key, telegram_api_key_file, telegram_chat_id: chatId, ...more } = found.settings
    const apiKey = await this.#secret('telegram_api_key', telegram_api_key, telegram_api_key_file)
    if (apiKey === undefined)
      return this.faults.length > 0 ? undefined : this.#fault('telegram_api_key', 'set it, or telegram_api_key_file')
    if (!/^[\w:-]+$/.test(apiKey)) this.#fault('telegram_api_key', 'expected a key such as 123456:ABC-DEF')
    if (!/^(-?\d{1,19}|@\w+)$/.test(chatId))
      this.#fault('telegram_chat_id', 'expected the number of a chat, or @ and the name of a channel')
    const isSilent = more.telegram_disable_notifications || more.telegram_disable_notification
    return { ...found.common, apiUrl: more.telegram_api_url.href.replace(/\/$/, ''), apiKey, chatId, isSilent }
  }

  async #webhook(found: Resolved<'webhook'> | undefined): Promise<LogHook | undefined> {
    if (!found) return undefined
    const { url, url_file, authorization, authorization_file } = found.settings
    const target = await this.#secret('url', url?.href, url_file)
    const header = await this.#secret('authorization', authorization, authorization_file)
    if (target === undefined) return this.faults.length > 0 ? undefined : this.#fault('url', 'set it, or url_file')
    if (!/^https?:\/\//i.test(target) || !URL.canParse(target))
      return this.#fault('url_file', 'expected a URL with http:// or https:// in it')
    if (header !== undefined && /[^\x20-\x7e]/.test(header))
      return this.#fault('authorization', 'expected printable ASCII')
    return { ...found.common, url: target, authorization: header }
  }

  #module(found: Resolved<'module'> | undefined, section: Readonly<Record<string, unknown>>): LogHook | undefined {
    if (!found) return undefined
    const { file, cwd } = this.#at
    return {
      ...found.common,
      module: found.settings.module,
      directory: file === undefined ? cwd : dirname(file),
      options: (section['options'] ?? {}) as Readonly<Record<string, unknown>>,
    }
  }
}

interface Resolved<Kind extends HookKind> {
  readonly settings: HookSettings<Kind>
  readonly common: HookOf<Kind>
}

/** `a@b` of `Somebody <a@b>`. */
const addressIn = (mailbox: string): string => /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox
