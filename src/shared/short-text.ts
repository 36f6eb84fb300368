/** A text from outside as messages show it: what is longer ends with an ellipsis. */
export const cutShort = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1)}…`

const MAX_NAMES = 20
const MAX_NAME_LENGTH = 120

/** Names from outside in one line: the first of them, and how many more there are. */
export function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => cutShort(name, MAX_NAME_LENGTH))
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ') || 'none'
}
