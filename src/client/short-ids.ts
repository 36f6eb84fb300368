import { SnetError } from '../shared/errors.js'
import { listOf } from '../shared/short-text.js'

const LENGTH = 8

/** Ids are shortened for people only; programs get them whole. */
const isForPeople = (): boolean => process.stdout.isTTY

/** A machine's id or key, on a terminal by its first characters; ids that a person chose stay whole. */
export const shortId = (id: string | null): string => {
  if (id === null) return '-'
  return isForPeople() && /^[0-9a-f]{8}[0-9a-f-]{4,}$/i.test(id) ? id.slice(0, LENGTH) : id
}

/** Whether the text may be an id that `shortId` has shortened. */
export const mayBeShort = (written: string): boolean => /^[0-9a-f]{8}[0-9a-f-]{0,56}$/i.test(written)

/**
 * The id in `known` that begins with the written text; the text itself if there is none. Error: `invalid-request` naming
 * the candidates if there are several.
 */
export function resolveShort(what: string, written: string, known: readonly string[]): string {
  const start = written.toLowerCase()
  const candidates = [...new Set(known.filter((id) => id.toLowerCase().startsWith(start)))]
  if (candidates.includes(written)) return written
  if (candidates.length < 2) return candidates[0] ?? written
  throw new SnetError('invalid-request', `${what} ${written} is ambiguous: ${listOf(candidates)}`, {
    hint: 'Give more characters of the one you mean.',
  })
}

/** An Ethereum address in a table. It is never taken back so: two may look the same, and money goes to one. */
export const shortAddress = (address: string): string =>
  isForPeople() ? `${address.slice(0, 6)}…${address.slice(-4)}` : address
