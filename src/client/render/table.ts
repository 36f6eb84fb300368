import { printableLine } from '../../shared/printable.js'
import { type Colour, paint, shownLength } from './colour.js'
import { terminalWidth } from './wrap.js'

export interface TableOptions {
  /** Columns of the terminal; without end where there is none. */
  readonly width?: number
  /** The colour of a cell, by its heading. */
  readonly colour?: (heading: string, cell: string) => Colour | undefined
  /** Headings of columns that can be missed first, in this order; then the others, from the right. */
  readonly dropped?: readonly string[]
}

interface Column {
  readonly heading: string
  /** Its place in the rows. */
  readonly at: number
  readonly width: number
  readonly isNumeric: boolean
}

const GAP = '  '

/**
 * Rows under headings, numbers to the right, never wider than the terminal. Columns for which there is no room go under
 * their row, each cell with its heading, unless it says nothing.
 */
export function renderTable(
  headings: readonly string[],
  given: readonly (readonly string[])[],
  { width = terminalWidth(process.stdout), colour = () => undefined, dropped = [] }: TableOptions = {},
): string {
  const rows = given.map((row) => headings.map((_heading, at) => printableLine(row[at] ?? '')))
  const columns = headings.map((heading, at) => toColumn(heading, at, rows))
  const kept = fitting(columns, byImportance(columns, dropped), width)
  const paintCell = ({ heading, at }: Column, row: readonly string[]): string =>
    paint(row[at] ?? '', colour(heading, row[at] ?? ''))
  const others = columns.filter((column) => !kept.includes(column))
  const under = (row: readonly string[]): string[] =>
    others.flatMap((column) => {
      const isSaying = !SAYS_NOTHING.includes(row[column.at] ?? '')
      return isSaying ? [`${column.heading} ${paintCell(column, row)}`.trim()] : []
    })
  const underLines = (row: readonly string[]): string[] =>
    fill(under(row), GAP, width - GAP.length).map((line) => GAP + line)
  // A single column is no table.
  if (kept.length === 0 || (kept.length === 1 && others.length > 0)) {
    return rows.flatMap((row) => [...fill((row[0] ?? '').split(' '), ' ', width), ...underLines(row)]).join('\n')
  }
  const line = (cells: readonly string[]): string =>
    kept
      .map((column, i) => pad(cells[i] ?? '', column))
      .join(GAP)
      .trimEnd()
  return [
    line(kept.map(({ heading }) => heading)),
    line(kept.map((column) => '─'.repeat(column.width))),
    ...rows.flatMap((row) => [line(kept.map((column) => paintCell(column, row))), ...underLines(row)]),
  ].join('\n')
}

/** Cells that say nothing and may be left out. */
const SAYS_NOTHING = ['', '-', '0']

function toColumn(heading: string, at: number, rows: readonly (readonly string[])[]): Column {
  const cells = rows.map((row) => row[at] ?? '')
  const width = Math.max(heading.length, ...cells.map(({ length }) => length))
  return { heading, at, width, isNumeric: cells.every(isNumber) }
}

/** The first column says what the row is about. */
function byImportance([first, ...others]: readonly Column[], dropped: readonly string[]): Column[] {
  const missed = dropped.flatMap((heading) => others.filter((column) => column.heading === heading))
  return [...(first ? [first] : []), ...others.filter((column) => !missed.includes(column)), ...missed.reverse()]
}

/** As many columns as there is room for, the more important ones first, in their order. */
function fitting(columns: readonly Column[], important: readonly Column[], width: number): Column[] {
  const kept = new Set<Column>()
  let total = -GAP.length
  for (const column of important) {
    if (total + GAP.length + column.width > width) continue
    total += GAP.length + column.width
    kept.add(column)
  }
  const [first] = columns
  return first && kept.has(first) ? columns.filter((column) => kept.has(column)) : []
}

function pad(cell: string, { width, isNumeric }: Column): string {
  const space = ' '.repeat(width - shownLength(cell))
  return isNumeric ? space + cell : cell + space
}

/** `-` and `?` stand in place of a number that is not known. */
const isNumber = (cell: string): boolean => /^(?:[-?]|-?\d[\d.,]*(?: %| of \d+)?)$/.test(cell)

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
