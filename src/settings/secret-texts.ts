import { daemonSchema } from './daemon-schema.js'
import type { LogHook } from './check-log-hooks.js'
import type { LoadedConfig } from './load.js'
import { secretKeysOf } from './secret-files.js'

/** What is shorter stands in many texts that tell no secret. */
const MIN_LENGTH = 8

/** Texts that nobody may be shown, because a setting that is a secret has them in it. */
export function secretTextsOf({ raws, infra, logHooks }: Pick<LoadedConfig, 'raws' | 'infra' | 'logHooks'>): string[] {
  const written = secretKeysOf(daemonSchema).flatMap((key) => textsOf(raws[key]))
  const texts = [...written, ...textsOf(infra?.token), ...logHooks.flatMap(textsOfHook)].flatMap((text) =>
    URL.canParse(text) ? partsOf(text) : [text],
  )
  // The longest first: a part of another one would leave the rest of that.
  return texts.filter(({ length }) => length >= MIN_LENGTH).sort((one, other) => other.length - one.length)
}

function textsOfHook(hook: LogHook): string[] {
  switch (hook.kind) {
    case 'email':
      return textsOf(hook.login?.password)
    case 'telegram_bot':
      return [hook.apiKey]
    case 'webhook':
      return [hook.url, ...textsOf(hook.authorization)]
    case 'module':
      return Object.values(hook.options).flatMap(textsOf)
  }
}

const textsOf = (raw: unknown): string[] =>
  typeof raw === 'string' ? [raw] : Array.isArray(raw) ? raw.flatMap(textsOf) : []

/** Of a URL, all but where it leads. */
const partsOf = (text: string): string[] => {
  const { username, password, pathname, search } = new URL(text)
  return [username, password, pathname.slice(1), search.slice(1)]
}
