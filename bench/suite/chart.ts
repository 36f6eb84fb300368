import { numberText } from './tables.js'

export interface Bar {
  readonly name: string
  readonly value: number
  /** How far the rounds were apart. */
  readonly least?: number
  readonly most?: number
  readonly colour?: string
}

export interface Group {
  readonly name: string
  readonly bars: readonly Bar[]
}

export interface Chart {
  readonly title: string
  readonly groups: readonly Group[]
  /** Each group has a scale of its own: what is compared are the bars within one. */
  readonly hasOwnScales?: boolean
  /** A line across all bars. */
  readonly line?: { readonly at: number; readonly name: string }
}

const COLOURS = ['#4477aa', '#228833', '#ccbb44', '#aa3377', '#66ccee', '#ee6677', '#bbbbbb', '#555555', '#999933']
const [WIDTH, LABELS, VALUES, ROW, GAP, TOP] = [960, 430, 90, 20, 12, 44]

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const text = (x: number, y: number, said: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(said)}</text>`

type Scale = (value: number) => number

/** The largest fills the width. */
function scaleOf(bars: readonly Bar[], atLeast = 0): Scale {
  const largest = Math.max(atLeast, ...bars.map(({ value, most = value }) => most)) || 1
  return (value) => (Math.max(0, value) / largest) * (WIDTH - LABELS - VALUES)
}

/** Lying bars in groups, each bar with its value and a whisker from the least round to the most. */
export function drawChart({ title, groups, hasOwnScales = false, line }: Chart): string {
  const all = groups.flatMap(({ bars }) => bars)
  const scale = scaleOf(all, line?.at)
  const colours = new Map(
    [...new Set(all.map(({ name }) => name))].map((name, i) => [name, COLOURS[i % COLOURS.length]]),
  )
  const parts: string[] = []
  let y = TOP
  for (const group of groups) {
    if (group.name !== '') parts.push(text(10, y + 14, group.name, 'font-weight="bold"'))
    if (group.name !== '') y += ROW
    const own = hasOwnScales ? scaleOf(group.bars) : scale
    for (const bar of group.bars) {
      parts.push(drawBar(bar, { y, scale: own, colour: bar.colour ?? colours.get(bar.name) ?? '#000000' }))
      y += ROW
    }
    y += GAP
  }
  if (line) {
    const x = (LABELS + scale(line.at)).toFixed(1)
    parts.push(`<line x1="${x}" x2="${x}" y1="${TOP - 4}" y2="${y - GAP}" stroke="#cc3311" stroke-dasharray="4 3"/>`)
    parts.push(text(LABELS + scale(line.at), TOP - 8, line.name, 'fill="#cc3311" text-anchor="middle"'))
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>`,
    text(10, 20, title, 'font-size="15" font-weight="bold"'),
    ...parts,
    '</svg>\n',
  ].join('\n')
}

interface Place {
  readonly y: number
  readonly scale: Scale
  readonly colour: string
}

function drawBar({ name, value, least = value, most = value }: Bar, { y, scale, colour }: Place): string {
  const middle = y + ROW / 2
  const [from, to] = [LABELS + scale(least), LABELS + scale(most)].map((x) => x.toFixed(1))
  return [
    text(LABELS - 8, y + 14, name, 'text-anchor="end"'),
    `<rect x="${LABELS}" y="${y + 3}" width="${scale(value).toFixed(1)}" height="${ROW - 6}" fill="${colour}"/>`,
    ...(least < most ? [`<line x1="${from}" x2="${to}" y1="${middle}" y2="${middle}" stroke="#000000"/>`] : []),
    text(LABELS + scale(most) + 6, y + 14, numberText(value)),
  ].join('\n')
}
