// npm test [-- vitest arguments]: all tests, from a fresh clone too. Ends with "N passed, N failed".
// npm run test:quick: those without chains, daemons and networks.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getOtherNodes } from './lib/other-nodes.mjs'
import { makeReady, root } from './lib/ready.mjs'
import { tallyLine, tallyOf, verdictOf } from './lib/tally.mjs'
import { requireProgram, TEST_PROGRAMS } from './lib/test-programs.mjs'

const QUICK = '--quick'
const isQuick = process.argv.includes(QUICK)
const args = process.argv.slice(2).flatMap((arg) => (arg === QUICK ? ['test/unit'] : [arg]))

makeReady()
if (!isQuick) {
  getPrograms()
  getNodes()
}
if (args.length === 0) {
  console.error('All tests: 10 to 15 minutes on 2 cores. "npm run test:quick" takes less than 2.')
}
const scratch = mkdtempSync(join(tmpdir(), 'snetd-test-'))
const reportFile = join(scratch, 'report.json')
const vitest = spawn(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...args,
  ],
  { cwd: root, stdio: 'inherit' },
)
// A terminal sends Ctrl-C to both; whoever stops this process alone means the tests too.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => vitest.kill('SIGTERM'))
const [code] = await once(vitest, 'exit')

const verdict = verdictOf(readTally(), code ?? 1)
rmSync(scratch, { recursive: true, force: true })
// With arguments of vitest the tests that they leave out are as the user wants it.
const notRun = args.length === 0 ? verdict.notRun : []
for (const name of notRun) console.log(`Not run, for want of what it needs: ${name}`)
console.log(tallyLine({ ...verdict, notRun }))
process.exitCode = verdict.failed > 0 ? 1 : 0

function getPrograms() {
  try {
    for (const program of TEST_PROGRAMS) requireProgram(program)
  } catch (fault) {
    console.error(`Error: ${fault.message}`)
    console.log(tallyLine({ passed: 0, failed: 1 }))
    process.exit(1)
  }
}

/** Without them the tests that run on them are not run, and told so at the end. */
function getNodes() {
  try {
    getOtherNodes()
  } catch (fault) {
    console.error(`Without Node 22 and 24: ${fault.message}`)
  }
}

function readTally() {
  try {
    return tallyOf(JSON.parse(readFileSync(reportFile, 'utf8')))
  } catch {
    console.error('Error: the tests left no report.')
    return { passed: 0, failed: 0, notRun: [] }
  }
}
