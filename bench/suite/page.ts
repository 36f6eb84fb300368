import { type Chart, drawChart, type Group } from './chart.js'
import { FIGURES, type Figure, type Measured, type Results } from './figures.js'
import { judgeGoals, type Outcome } from './goals.js'
import { describeMachine } from './machine.js'
import { summarize } from './statistics.js'
import { numberText, type Table, toTables } from './tables.js'

/** Files of the page, by name. */
export type Files = Readonly<Record<string, string>>

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const markdown = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(headings), row(headings.map(() => '---')), ...rows.map(row)].join('\n')

interface Shown {
  readonly part: string
  readonly figure: Figure
  /** A call of 1 MiB would leave none of 100 B to be seen. */
  readonly hasOwnScales?: boolean
}
const CHARTS: readonly Shown[] = [
  { part: 'passthrough', figure: 'cpu', hasOwnScales: true },
  { part: 'streams', figure: 'cpu', hasOwnScales: true },
  { part: 'paid', figure: 'cpu', hasOwnScales: true },
  { part: 'paid', figure: 'p50', hasOwnScales: true },
  { part: 'memory', figure: 'rss' },
  { part: 'start-up', figure: 'wall' },
]

/** The page of a run, its charts, and nothing left out that was missed. */
export function writePage(results: Results): Files {
  const { date, machine, rounds, seconds, measured } = results
  const outcomes = judgeGoals(measured)
  const charts = CHARTS.flatMap((shown) => {
    const { part, figure } = shown
    const chart = chartOf(measured, shown)
    return chart ? [{ file: `${part}-${figure}.svg`, ...chart }] : []
  })
  const goals = { file: 'goals.svg', ...goalChart(outcomes) }
  const picture = ({ file, title }: { file: string; title: string }): string => `![${title}](${file})`
  const page = [
    '# What the gate costs',
    `Made by \`npm run bench -- page\` of a run on ${date.slice(0, 10)}, ${rounds} rounds of about ${seconds} s for each load:`,
    `${describeMachine(machine)}. What is measured has a core of its own. Medians of the rounds, with the least and the most.`,
    'How it is measured, and how to read it: [benchmarks](../../benchmarks.md).',
    '## The goals',
    picture(goals),
    goalTable(outcomes),
    `Met: ${count(outcomes, true)}, missed: ${count(outcomes, false)}, not measured: ${count(outcomes, undefined)}.`,
    '## The charts',
    ...charts.map(picture),
    '## All figures',
    ...toTables(measured).flatMap(({ title, headings, rows }: Table) => [`### ${title}`, markdown(headings, rows)]),
  ].join('\n\n')
  const drawn = [goals, ...charts].map(({ file, ...chart }) => [file, drawChart(chart)] as const)
  return { 'README.md': `${page}\n`, ...Object.fromEntries(drawn) }
}

const count = (outcomes: readonly Outcome[], wanted: boolean | undefined): number =>
  outcomes.filter(({ isMet }) => isMet === wanted).length

/** What came of each goal, for people. */
export const goalRows = (outcomes: readonly Outcome[]): string[][] =>
  outcomes.map(({ goal: { name, limit, isAtLeast }, value, isMet }) => [
    name,
    value ? numberText(value.median) : 'not measured',
    value ? `${numberText(value.least)}–${numberText(value.most)}` : '',
    `${isAtLeast === true ? 'at least' : 'at most'} ${limit}`,
    isMet === undefined ? '' : isMet ? 'met' : 'MISSED',
  ])
export const GOAL_HEADINGS = ['goal', 'measured', 'rounds', 'bound', '']

const goalTable = (outcomes: readonly Outcome[]): string => markdown(GOAL_HEADINGS, goalRows(outcomes))

/** Each goal as a share of its bound, so that all fit one scale: what is over the line is missed. */
function goalChart(outcomes: readonly Outcome[]): Chart {
  const bars = outcomes.flatMap(({ goal: { name, limit, isAtLeast }, value, isMet }) => {
    if (!value) return []
    const share = isAtLeast === true ? limit / value.median : value.median / limit
    return [{ name, value: share, colour: isMet === true ? '#228833' : '#ee6677' }]
  })
  return { title: 'Each goal as a share of its bound', groups: [{ name: '', bars }], line: { at: 1, name: 'bound' } }
}

function chartOf(measured: readonly Measured[], { part, figure, hasOwnScales = false }: Shown): Chart | undefined {
  const ours = measured.filter((one) => one.part === part && one.figure === figure)
  if (ours.length === 0) return undefined
  const groups = [...new Set(ours.map(({ shape }) => shape))].map((shape): Group => ({
    name: shape,
    bars: ours
      .filter((one) => one.shape === shape)
      .map(({ target, values }) => {
        const { median, least, most } = summarize(values)
        return { name: target, value: median, least, most }
      }),
  }))
  const title = `${part}: ${FIGURES[figure]}`
  return { title: hasOwnScales ? `${title}, each group to its own scale` : title, groups, hasOwnScales }
}
