/** What the gate costs, beside others and beside what cannot be undercut, in one run: see docs/benchmarks.md. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderTable } from '../src/client/index.js'
import { packageRoot } from '../src/shared/package.js'
import { PARTS } from './parts/index.js'
import { type Baseline, compareRatios, toRatios } from './suite/baseline.js'
import { chooseParts } from './suite/bench.js'
import { Findings, mergeResults, type Results } from './suite/figures.js'
import { judgeGoals } from './suite/goals.js'
import { helpText } from './suite/help.js'
import { describeMachine, readMachine } from './suite/machine.js'
import { type Options, parseOptions } from './suite/options.js'
import { GOAL_HEADINGS, goalRows, writePage } from './suite/page.js'
import { numberText, toTables } from './suite/tables.js'

const directory = mkdtempSync(join(tmpdir(), 'snetd-bench-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))

const BASELINE = join(packageRoot, 'bench', 'baseline.json')
const PAGE = join(packageRoot, 'docs', 'evidence', 'bench')
/** What the short run of a check has to have measured. */
const CHECKED = ['passthrough', 'paid']

const options = parseOptions(process.argv.slice(2))
const [verb, ...files] = options.words
if (options.wantsHelp) tell(helpText(PARTS))
else if (verb === 'page') makePage(readRuns(files))
else if (verb === 'record') record(readRuns(files))
else if (verb === 'check') check(files.length > 0 ? readRuns(files) : await measure({ ...options, words: CHECKED }))
else show(await measure(options))

/** Runs the parts that are named, or the suite. */
async function measure({ words, rounds, seconds, calls, isQuick, json }: Options): Promise<Results> {
  const parts = chooseParts(PARTS, words)
  const [date, machine, findings] = [new Date().toISOString(), readMachine(), new Findings()]
  const results = (): Results => ({ date, machine, rounds, seconds, measured: findings.all })
  for (const part of parts) {
    await part.run({ findings, rounds, seconds, calls, isQuick, directory })
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(results(), null, 1)}\n`)
  }
  return results()
}

function readRuns(names: readonly string[]): Results {
  const [first, ...more] = names.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Results)
  if (!first) throw new Error('name the files that runs wrote with --json')
  return mergeResults([first, ...more])
}

function show({ machine, rounds, measured }: Results): void {
  tell(`${describeMachine(machine)}; medians of ${rounds} rounds (least–most)\n`)
  for (const { title, headings, rows } of toTables(measured)) tell(`\n${title}\n${asText(headings, rows)}\n`)
  const outcomes = judgeGoals(measured).filter(({ value }) => value !== undefined)
  if (outcomes.length > 0) tell(`\n${asText(GOAL_HEADINGS, goalRows(outcomes))}\n`)
}

function makePage(results: Results): void {
  mkdirSync(PAGE, { recursive: true })
  for (const [name, content] of Object.entries(writePage(results))) writeFileSync(join(PAGE, name), content)
  tell(`${join(PAGE, 'README.md')} and its charts are written.\n`)
}

function record({ date, machine, measured }: Results): void {
  const baseline: Baseline = { date, machine: describeMachine(machine), ratios: toRatios(judgeGoals(measured)) }
  writeFileSync(BASELINE, `${JSON.stringify(baseline, null, 2)}\n`)
  tell(`${Object.keys(baseline.ratios).length} ratios are recorded in ${BASELINE}.\n`)
}

/** Exits 1 where a ratio is worse than recorded. */
function check({ measured }: Results): void {
  if (!existsSync(BASELINE)) throw new Error(`${BASELINE} is not there: npm run bench -- record FILE writes it`)
  const baseline = JSON.parse(readFileSync(BASELINE, 'utf8')) as Baseline
  const compared = compareRatios(judgeGoals(measured), baseline, options.tolerance)
  const rows = compared.map(({ name, before, now, isWorse }) => [
    name,
    ...[before, now].map(numberText),
    isWorse ? 'WORSE' : 'as good',
  ])
  tell(`${asText(['ratio', `on ${baseline.date.slice(0, 10)}`, 'now', ''], rows)}\n`)
  const worse = compared.filter(({ isWorse }) => isWorse)
  const share = `${Math.round(options.tolerance * 100)} %`
  if (compared.length === 0) tell('Nothing that is recorded was measured.\n')
  else if (worse.length === 0) tell(`None of ${compared.length} ratios is worse by more than ${share}.\n`)
  else tell(`Worse by more than ${share}: ${worse.map(({ name }) => name).join('; ')}\n`)
  process.exitCode = worse.length > 0 || compared.length === 0 ? 1 : 0
}

function asText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return renderTable(headings, rows, { width: Infinity })
}

function tell(text: string): void {
  process.stdout.write(text)
}
