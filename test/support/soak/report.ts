import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { renderTable } from '../../../src/client/index.js'
import { packageRoot } from '../../../src/shared/package.js'
import type { Mark, Soaked } from './soak.js'
import type { Verdict } from './verdict.js'

export const HEAD = [
  'calls',
  'minutes',
  'RSS MiB',
  'heap MiB',
  'external MiB',
  'files',
  'handles',
  'CPU µs',
  'yardstick ms',
  'p50 µs',
  'beside',
  'p99 µs',
  'beside',
  'payments',
]

export const rowOf = (mark: Mark): string[] => [
  String(mark.calls),
  (mark.seconds / 60).toFixed(1),
  ...[mark.residentMiB, mark.heapMiB, mark.externalMiB].map((mib) => mib.toFixed(1)),
  ...[mark.files, mark.handles].map(String),
  mark.cpuMicros.toFixed(1),
  (mark.yardstickMicros / 1_000).toFixed(1),
  ...[mark.p50Micros, mark.besideP50Micros, mark.p99Micros, mark.besideP99Micros].map(String),
  String(mark.paid.committed),
]

export const lineOf = ({ fact, holds, seen }: Verdict): string => `${WORDS[String(holds)]} ${fact}: ${seen}`
const WORDS: Readonly<Record<string, string>> = { true: 'holds  ', false: 'FAILS  ', undefined: 'unknown' }

/** A run as it stands in its report. */
export interface Run {
  readonly seed: string
  readonly every: number
  readonly spoil: string | undefined
  readonly isOver: boolean
  readonly soaked: Soaked
  readonly verdicts: readonly Verdict[]
}

export const titleOf = ({ soaked: { marks, made } }: Run): string => {
  const minutes = ((marks.at(-1)?.seconds ?? 0) / 60).toFixed(1)
  return `${made.calls} calls in ${minutes} minutes, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}`
}

/** Writes FILE.json, and FILE.md as a page to keep. */
export function writeReport(file: string, run: Run): void {
  const about = {
    commit: commit(),
    load: loadavg()
      .map((load) => load.toFixed(1))
      .join(' '),
  }
  writeFileSync(`${file}.json`, `${JSON.stringify({ what: titleOf(run), ...about, ...run }, undefined, 2)}\n`)
  writeFileSync(`${file}.md`, pageOf(run, about))
}

function pageOf(run: Run, { commit, load }: { commit: string; load: string }): string {
  const { seed, every, spoil, isOver, soaked, verdicts } = run
  const { made, marks } = soaked
  const given = made.odd.givenUp + made.paid.givenUp
  const paragraphs = [
    `# The gate through ${made.calls} calls, ${new Date().toISOString().slice(0, 10)}`,
    `${titleOf(run)}; commit ${commit}, seed ${seed}; load of the machine at the end ${load}.`,
    isOver ? '' : '**It has not ended yet**, or was ended: what follows is what was known by then.',
    spoil === undefined ? '' : `**The gate was spoilt on purpose**: ${spoil}.`,
    `One process with a free and a paid port (payments that are always good, in memory: what a store or a chain takes is not in it),
our own frames on both sides, a service of our own that answers each call with what it was sent. h2load makes rounds of 10 × 10
calls at a time with 100 bytes, free and paid, 1 × 100 paid, 50 × 2 with 1 000 bytes, 10 × 10 with 4 096; beside them come
connections whose frames are cut at random, with calls of up to 100 000 bytes, of which one in four is taken back and one
connection in six vanishes: ${given} calls were given up, ${made.quickPaid + made.paid.answered} answered ones were paid.`,
    `\`\`\`\n${verdicts.map(lineOf).join('\n')}\n\`\`\``,
    `What the gate holds was read every ${every} calls, once nothing was under way and its garbage was collected. Times are of h2load's
calls; "beside" are the same without the gate, in the midst of the others, and the yardstick is a piece of work that is always the
same: both tell how the machine was just then.`,
    `\`\`\`\n${renderTable(HEAD, marks.map(rowOf))}\n\`\`\``,
  ]
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`
}

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: packageRoot, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
