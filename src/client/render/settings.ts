import type { ExplainedSetting } from '../../settings/index.js'

/**
 * Settings by chapter, wrong ones first, each with its value, its origin and what it does; in lines of at most `width`
 * characters where words allow it.
 */
export function renderSettings(rows: readonly ExplainedSetting[], { width }: { width: number }): string {
  const wrong = rows.filter(({ problem }) => problem !== undefined)
  const right = rows.filter(({ problem }) => problem === undefined)
  const titles = [...new Set(right.map(({ section }) => section))]
  const chapters = [
    ...(wrong.length > 0 ? [{ title: 'WRONG', rows: wrong }] : []),
    ...titles.map((title) => ({ title, rows: right.filter(({ section }) => section === title) })),
  ]
  return chapters
    .map((chapter) => [chapter.title, ...chapter.rows.flatMap((row) => settingLines(row, width))].join('\n'))
    .join('\n\n')
}

function settingLines({ key, value, origin, default: fallback, effect, problem }: ExplainedSetting, width: number) {
  const shown = value === null ? 'not set' : JSON.stringify(value)
  const other = origin === 'default' || fallback === null ? '' : ` Default: ${JSON.stringify(fallback)}.`
  const head = wrap(`${key} = ${shown}`, width, '  ')
  const from = value === null ? [] : [`    from ${origin}`]
  return [...head, ...from, ...wrap(problem ?? `${effect}${other}`, width, '    ')]
}

/** Words in lines; one that is longer than a line is left whole, so that it can be copied. */
function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + word.length > width) {
      lines.push(line.trimEnd())
      line = `${indent}  `
    }
    line += `${word} `
  }
  return [...lines, line.trimEnd()]
}
