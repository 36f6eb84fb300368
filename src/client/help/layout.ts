import { wrap } from '../render/wrap.js'

/** Columns of text in which help is laid out. */
export interface Width {
  readonly width: number
}

const INDENT = 2
const GAP = 2
/** The text of a longer name begins on the next line. */
const MAX_NAME = 32
/** Where that text begins if all names are long. */
const MIN_COLUMN = 10

/** Wider lines are tiring to read, however wide the terminal is. */
const MAX_WIDTH = 120

/** The width of the terminal; without one, COLUMNS or the usual width. */
export function helpWidth(stdout: NodeJS.WriteStream, columns: string | undefined): number {
  const told = stdout.isTTY ? stdout.columns : Number(columns)
  return Math.min(told > 20 ? told : 80, MAX_WIDTH)
}

export const indent = (lines: readonly string[], by = INDENT): string =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line)).join('\n')

export const section = (title: string, body: string): string => (body === '' ? '' : `${title}\n${body}`)

/** Joins parts with an empty line between them, and leaves out empty ones. */
export const paragraphs = (parts: readonly string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`

/** Names with what they mean beside them, or below where a name is long. */
export function definitions(rows: readonly (readonly [name: string, meaning: string])[], { width }: Width): string {
  const names = rows.map(([name]) => name.length).filter((length) => length <= MAX_NAME)
  const column = Math.max(INDENT + Math.max(0, ...names) + GAP, MIN_COLUMN)
  return rows
    .map(([name, meaning]) => {
      const lines = wrap(meaning, width - column)
      const head = ' '.repeat(INDENT) + name
      if (meaning === '') return head
      if (name.length > MAX_NAME) return `${head}\n${indent(lines, column)}`
      return `${head.padEnd(column)}${lines.join(`\n${' '.repeat(column)}`)}`
    })
    .join('\n')
}

/** A command line that is longer than the terminal goes on in the next lines, and can still be copied. */
export function commandLines(line: string, width: number): string[] {
  const lines: string[] = []
  for (const part of line.split(/ (?=--?[a-z]|\| )/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + part.length + ' '.length + CONTINUED.length <= width)
      lines[lines.length - 1] = `${last} ${part}`
    else lines.push(last === undefined ? part : `    ${part}`)
  }
  return lines.map((text, at) => (at < lines.length - 1 ? text + CONTINUED : text))
}

const CONTINUED = ' \\'
