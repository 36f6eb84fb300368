import { printableLine } from '../../shared/printable.js'
import { type Colour, paint } from '../render/colour.js'
import { renderTable } from '../render/table.js'
import { hang, terminalWidth } from '../render/wrap.js'
import type { Counts, Figures, RunReport } from '../run-report/index.js'

/** A report for people. */
export function renderReport(report: RunReport): string {
  const { run, tests, pairs, peers, verdict, reasons, notes } = report
  return [
    `Run ${run.id}${run.started === null ? '' : `, started ${run.started}`}${run.ended === null ? ', still running' : `, ended ${run.ended}`}`,
    '',
    renderTable(
      ['test', ...COUNT_HEADINGS],
      tests.map((test) => [
        `${test.group} / ${test.name}${test.sent_as_text ? ' (as text)' : ''}`,
        ...countCells(test),
      ]),
      COUNT_OPTIONS,
    ),
    '',
    renderTable(
      ['from → to', ...COUNT_HEADINGS],
      pairs.map((pair) => [`${pair.from} → ${pair.to}`, ...countCells(pair)]),
      COUNT_OPTIONS,
    ),
    '',
    clockLine(peers),
    ...historyLines(tests),
    ...(report.complete ? [] : ['Incomplete: the numbers may still change.']),
    `Verdict: ${paint(verdict, VERDICT_COLOURS[verdict])}`,
    ...reasons.map((reason) => hung('  ', reason)),
    ...notes.map((note) => hung('Note: ', note)),
  ].join('\n')
}

const hung = (label: string, text: string): string => hang(label, printableLine(text), terminalWidth(process.stdout))

const VERDICT_COLOURS: Readonly<Record<RunReport['verdict'], Colour>> = {
  passed: 'green',
  failed: 'red',
  aborted: 'red',
  running: 'yellow',
}

function lossColour(heading: string, cell: string): Colour | undefined {
  return heading === 'lost' && cell !== '0' ? 'red' : undefined
}

const COUNT_HEADINGS = [
  ...['sent', 'errors', 'unknown', 'expected', 'delivered', 'late', 'lost', 'twice', 'disordered', 'ratio'],
  ...['p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'ack p50 ms', 'ack p95 ms'],
]

const COUNT_OPTIONS = {
  colour: lossColour,
  dropped: [
    ...['disordered', 'ack p50 ms', 'ack p95 ms', 'twice', 'unknown', 'errors', 'max ms', 'p95 ms', 'late', 'sent'],
  ],
}

const countCells = (counts: Counts): string[] => [
  ...[counts.sent, counts.send_errors, counts.sent_unknown, counts.expected].map(String),
  ...[counts.delivered, counts.late ?? '?', counts.lost].map(String),
  ...[counts.duplicated, counts.out_of_order].map(String),
  counts.delivery_ratio === null ? '-' : `${(100 * counts.delivery_ratio).toFixed(counts.lost === 0 ? 0 : 2)} %`,
  ...[counts.latency_ms.p50, counts.latency_ms.p95, counts.latency_ms.p99, counts.latency_ms.max].map(msText),
  ...[counts.ack_ms.p50, counts.ack_ms.p95].map(msText),
]

const msText = (ms: Figures['p50']): string => (ms === null ? '-' : ms.toFixed(ms < 100 ? 1 : 0))

/** Messages from the history have a line of their own: their times tell how long the reader was away. */
const historyLines = (tests: RunReport['tests']): string[] =>
  tests.flatMap(({ group, name, from_history: { count, p50, p99 } }) =>
    count === 0
      ? []
      : [`${group} / ${name}: ${count} first read from the history, ms p50 ${msText(p50)}, p99 ${msText(p99)}.`],
  )

function clockLine(peers: RunReport['peers']): string {
  const errors = peers.flatMap(({ clock_error_ms }) => (clock_error_ms === null ? [] : [clock_error_ms]))
  return errors.length === 0
    ? 'The clocks of these hosts could not be compared: no one-way latencies.'
    : `Clock error ±${(2 * Math.max(...errors)).toFixed(2)} ms: latencies are no more exact than that.`
}
