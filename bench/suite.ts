/** What the gate costs, beside others and beside what cannot be undercut, in one run: see docs/benchmarks.md. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderTable } from '../src/client/index.js'
import { PARTS } from './parts/index.js'
import { chooseParts } from './suite/bench.js'
import { Findings, type Results } from './suite/figures.js'
import { helpText } from './suite/help.js'
import { describeMachine, readMachine } from './suite/machine.js'
import { type Options, parseOptions } from './suite/options.js'
import { toTables } from './suite/tables.js'

const directory = mkdtempSync(join(tmpdir(), 'snetd-bench-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))

const options = parseOptions(process.argv.slice(2))
if (options.wantsHelp) process.stdout.write(helpText(PARTS))
else await measure(options)

/** Runs the parts that are named, or the suite. */
async function measure({ words, rounds, seconds, calls, isQuick, json }: Options): Promise<void> {
  const parts = chooseParts(PARTS, words)
  const [date, machine, findings] = [new Date().toISOString(), readMachine(), new Findings()]
  const results = (): Results => ({ date, machine, rounds, seconds, measured: findings.all })
  for (const part of parts) {
    await part.run({ findings, rounds, seconds, calls, isQuick, directory })
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(results(), null, 1)}\n`)
  }
  show(results())
}

function show({ machine, rounds, measured }: Results): void {
  process.stdout.write(`${describeMachine(machine)}; medians of ${rounds} rounds (least–most)\n`)
  for (const { title, headings, rows } of toTables(measured))
    process.stdout.write(`\n${title}\n${renderTable(headings, rows, { width: Infinity })}\n`)
}
