import { daemonSchema } from './daemon-schema.js'
import type { LoadedConfig } from './load.js'
import { secretKeysOf } from './secret-files.js'

/** What is shorter stands in many texts that tell no secret. */
const MIN_LENGTH = 8

/** Texts that nobody may be shown, because a setting that is a secret has them in it. */
export function secretTextsOf({ raws, infra }: Pick<LoadedConfig, 'raws' | 'infra'>): string[] {
  const written = secretKeysOf(daemonSchema).flatMap((key) => textsOf(raws[key]))
  const texts = [...written, ...textsOf(infra?.token)].flatMap((text) => (URL.canParse(text) ? partsOf(text) : [text]))
  // The longest first: a part of another one would leave the rest of that.
  return texts.filter(({ length }) => length >= MIN_LENGTH).sort((one, other) => other.length - one.length)
}

const textsOf = (raw: unknown): string[] =>
  typeof raw === 'string' ? [raw] : Array.isArray(raw) ? raw.flatMap(textsOf) : []

/** Of a URL, all but where it leads. */
const partsOf = (text: string): string[] => {
  const { username, password, pathname, search } = new URL(text)
  return [username, password, pathname.slice(1), search.slice(1)]
}
