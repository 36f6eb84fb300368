/** One line of figures. */
export interface ScrapedSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Scrape {
  readonly types: ReadonlyMap<string, string>
  readonly samples: readonly ScrapedSample[]
  /** The sum of all series of that name that have these labels; undefined where there are none. */
  readonly value: (name: string, labels?: Readonly<Record<string, string>>) => number | undefined
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LINE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`, 's')
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y
const TYPES = ['counter', 'gauge', 'histogram']

/** The text format of Prometheus, version 0.0.4, more strictly than Prometheus itself reads it. Throws at the first fault. */
export function parsePrometheusText(text: string): Scrape {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const types = new Map<string, string>()
  const helped = new Set<string>()
  const samples: ScrapedSample[] = []
  const seen = new Set<string>()
  let family = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const [, comment, name = '', rest = ''] = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`).exec(line) ?? []
    if (comment === 'HELP') {
      if (helped.has(name)) throw new Error(`told twice: ${line}`)
      helped.add(name)
    } else if (comment === 'TYPE') {
      if (types.has(name) || !TYPES.includes(rest) || !helped.has(name)) throw new Error(`not a type: ${line}`)
      types.set(name, rest)
      family = name
    } else {
      const sample = parseSample(line)
      requireOfFamily(sample, { family, type: types.get(family) })
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()])
      if (seen.has(key)) throw new Error(`told twice: ${line}`)
      seen.add(key)
      samples.push(sample)
    }
  }
  requireHistograms(types, samples)
  return { types, samples, value: (name, labels = {}) => sumOf(samples, name, labels) }
}

function parseSample(line: string): ScrapedSample {
  const [, name, labelled = '', number = ''] = LINE.exec(line) ?? []
  if (name === undefined) throw new Error(`not a sample: ${line}`)
  const labels: Record<string, string> = {}
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < labelled.length) {
    const [, label = '', value = ''] = LABEL.exec(labelled) ?? []
    if (label === '' || label in labels) throw new Error(`not labels: ${line}`)
    labels[label] = value.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one))
  }
  const value = number === '+Inf' ? Infinity : Number(number)
  if (Number.isNaN(value)) throw new Error(`not a number: ${line}`)
  return { name, labels, value }
}

function requireOfFamily(
  { name }: ScrapedSample,
  { family, type }: { family: string; type: string | undefined },
): void {
  const names = type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => family + end) : [family]
  if (!names.includes(name)) throw new Error(`${name} stands among the samples of ${family}`)
  if (type === 'counter' && !name.endsWith('_total'))
    throw new Error(`${name} is a counter, and its name does not say so`)
}

/** Buckets grow, the last one is +Inf, and it has as many as the count. */
function requireHistograms(types: ReadonlyMap<string, string>, samples: readonly ScrapedSample[]): void {
  for (const [family, type] of types) {
    if (type !== 'histogram') continue
    for (const { labels, value: count } of samples.filter(({ name }) => name === `${family}_count`)) {
      const buckets = samples.filter(({ name, labels: own }) => name === `${family}_bucket` && has(own, labels))
      const bounds = buckets.map(({ labels: own }) => Number(own['le']?.replace('+Inf', 'Infinity')))
      const counts = buckets.map(({ value }) => value)
      const grows = (numbers: readonly number[]): boolean =>
        numbers.every((number, at) => at === 0 || number >= (numbers[at - 1] as number))
      if (!grows(bounds) || !grows(counts) || bounds.at(-1) !== Infinity || counts.at(-1) !== count)
        throw new Error(`${family} ${JSON.stringify(labels)} is no histogram: ${bounds.join(' ')}; ${counts.join(' ')}`)
    }
  }
}

const has = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value)

function sumOf(
  samples: readonly ScrapedSample[],
  name: string,
  wanted: Readonly<Record<string, string>>,
): number | undefined {
  const found = samples.filter((sample) => sample.name === name && has(sample.labels, wanted))
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0)
}
