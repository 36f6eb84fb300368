import type { FamilyReading, HistogramSeries, Reading } from './metrics.js'

/** The content type of the text format. */
export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Figures as Prometheus reads them: its text format, version 0.0.4. Families that have nothing to tell are left out. */
export const toPrometheusText = (reading: Reading): string =>
  reading
    .filter(({ series }) => series.length > 0)
    .map((family) => `${head(family)}${linesOf(family).join('\n')}\n`)
    .join('')

const head = ({ name, help, type }: FamilyReading): string =>
  `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`

function linesOf(family: FamilyReading): string[] {
  const { name, labels: names = [] } = family
  if (family.type === 'histogram') {
    const { bounds } = family
    return family.series.flatMap((series) => histogramLines(name, names, bounds, series))
  }
  return family.series.map(({ labels, value }) => line(name, pairs(names, labels), value))
}

function histogramLines(
  name: string,
  names: readonly string[],
  bounds: readonly number[],
  { labels, counts, sum }: HistogramSeries,
): string[] {
  const own = pairs(names, labels)
  const buckets = counts.map((count, at) => {
    const bound = bounds[at]
    return line(`${name}_bucket`, [...own, pair('le', bound === undefined ? '+Inf' : numberText(bound))], count)
  })
  return [...buckets, line(`${name}_sum`, own, sum), line(`${name}_count`, own, counts.at(-1) ?? 0)]
}

const line = (name: string, labels: readonly string[], value: number): string =>
  `${name}${labels.length === 0 ? '' : `{${labels.join(',')}}`} ${numberText(value)}`

const pairs = (names: readonly string[], values: readonly string[]): string[] =>
  names.map((name, at) => pair(name, values[at] ?? ''))

const pair = (name: string, value: string): string => `${name}="${escapeValue(value)}"`

function numberText(value: number): string {
  if (value === Infinity) return '+Inf'
  return value === -Infinity ? '-Inf' : String(value)
}

const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
const escapeValue = (text: string): string => escapeHelp(text).replaceAll('"', '\\"')
