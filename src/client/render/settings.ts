import type { ExplainedSetting } from '../../settings/index.js'
import { wrap } from './wrap.js'

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
  const from = value === null ? [] : [`    from ${origin}`]
  return [...wrapAt(2, `${key} = ${shown}`, width), ...from, ...wrapAt(4, problem ?? `${effect}${other}`, width)]
}

const wrapAt = (column: number, text: string, width: number): string[] =>
  wrap(text, width - column - 2).map((line, at) => ' '.repeat(at === 0 ? column : column + 2) + line)
