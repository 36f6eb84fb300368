import { printableLine } from '../../shared/printable.js'

/** Rows under headings, columns as wide as their widest cell; numbers as they are. */
export function renderTable(headings: readonly string[], given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(printableLine))
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, i) => (cells[i] ?? '').padEnd(width))
      .join('  ')
      .trimEnd()
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}
