import { messageOf } from '../shared/errors.js'

/** Parses JSON; a fault is told with its line and column, and a mark below the place. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(faultText(text, messageOf(cause)), { cause })
  }
}

const MAX_SHOWN = 60

function faultText(text: string, message: string): string {
  const end = text.trimEnd().length
  const position = Math.min(Number(/position (\d+)/.exec(message)?.[1] ?? end), end)
  const before = text.slice(0, position).split('\n')
  const line = before.length
  const column = (before.at(-1) ?? '').length + 1
  const reason = message.replace(/ in JSON at position \d+.*$/s, '').replace(/, "?\.{3}.*$/s, '')
  const whole = (text.split('\n')[line - 1] ?? '').trimEnd()
  // A long line is shown around the place, and tabs as blanks, so that the mark stands below it.
  const from = Math.max(0, column - 1 - MAX_SHOWN / 2)
  const shown = whole.slice(from, from + MAX_SHOWN).replaceAll('\t', ' ')
  return `line ${line}, column ${column}: ${reason}\n  ${shown}\n  ${' '.repeat(column - 1 - from)}^`
}

/** Names that stand twice in one object of JSON that is valid, with the line of the second. */
export function findRepeatedNames(text: string): { name: string; line: number }[] {
  const repeated: { name: string; line: number }[] = []
  /** Names of each object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = []
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs
  for (const token of text.matchAll(tokens)) {
    const [part, colon] = token
    if (part === '{') open.push(new Set())
    else if (part === '[') open.push(undefined)
    else if (part === '}' || part === ']') open.pop()
    else if (colon !== undefined) {
      const name = JSON.parse(part.slice(0, part.length - colon.length)) as string
      const names = open.at(-1)
      if (names?.has(name)) repeated.push({ name, line: text.slice(0, token.index).split('\n').length })
      names?.add(name)
    }
  }
  return repeated
}
