import { printableLine } from '../../shared/printable.js'
import { type Colour, paint, shownLength } from './colour.js'

export interface TableOptions {
  /** Columns of the terminal; without end where there is none. */
  readonly width?: number
  /** Of a cell, by its heading. */
  readonly colour?: (heading: string, cell: string) => Colour | undefined
}

const GAP = '  '

/**
 * Rows under headings, numbers to the right. A table that is wider than the terminal would be wrapped in the middle of
 * its cells: each row becomes a few lines then, its first cell alone and the others under it, each with its heading.
 */
export function renderTable(
  headings: readonly string[],
  given: readonly (readonly string[])[],
  { width = terminalWidth(), colour = () => undefined }: TableOptions = {},
): string {
  const rows = given.map((row) => headings.map((_heading, i) => printableLine(row[i] ?? '')))
  const columns = headings.map((heading, i) => {
    const cells = rows.map((row) => row[i] ?? '')
    return { width: Math.max(heading.length, ...cells.map(({ length }) => length)), isNumeric: cells.every(isNumber) }
  })
  const total = columns.reduce((sum, column) => sum + column.width + GAP.length, -GAP.length)
  const paintRow = (row: readonly string[]): string[] =>
    row.map((cell, i) => paint(cell, colour(headings[i] ?? '', cell)))
  if (total > width) return rows.map((row) => stack(headings, paintRow(row), width)).join('\n')
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ width, isNumeric }, i) => pad(cells[i] ?? '', width, isNumeric))
      .join(GAP)
      .trimEnd()
  const rule = columns.map((column) => '─'.repeat(column.width))
  return [line(headings), line(rule), ...rows.map((row) => line(paintRow(row)))].join('\n')
}

function pad(cell: string, width: number, isNumeric: boolean): string {
  const space = ' '.repeat(width - shownLength(cell))
  return isNumeric ? space + cell : cell + space
}

/** Piped output is for programs, which do not wrap. */
const terminalWidth = (): number => (process.stdout.isTTY ? process.stdout.columns || Infinity : Infinity)

/** `-` stands for a number that there is none of. */
const isNumber = (cell: string): boolean => /^(?:-|-?\d[\d.,]*(?: %)?)$/.test(cell)

function stack(headings: readonly string[], [first = '', ...others]: readonly string[], width: number): string {
  const pairs = others.flatMap((cell, i) => (cell === '' ? [] : [`${headings[i + 1] ?? ''} ${cell}`.trim()]))
  return [
    ...fill(first.split(' '), ' ', width),
    ...fill(pairs, GAP, width - GAP.length).map((line) => GAP + line),
  ].join('\n')
}

/** The parts in lines of at most `width`, broken between parts; within one only where it is longer than a line. */
function fill(parts: readonly string[], gap: string, width: number): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && shownLength(last) + gap.length + shownLength(part) <= width)
      lines[lines.length - 1] = last + gap + part
    else if (shownLength(part) <= width) lines.push(part)
    else if (part.includes(' ')) lines.push(...fill(part.split(' '), ' ', width))
    else lines.push(...piecesOf(part, width))
  }
  return lines
}

const piecesOf = (text: string, width: number): string[] =>
  Array.from({ length: Math.ceil(text.length / width) }, (_none, i) => text.slice(i * width, (i + 1) * width))
