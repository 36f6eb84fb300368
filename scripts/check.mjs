// npm run check: every check, each told with its time; goes on after a failure and ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'
import { tallyLine } from './lib/tally.mjs'

const tool = (path) => join(root, 'node_modules', path)
const script = (name) => join(root, 'scripts', name)

/** Name, then what node runs. */
const CHECKS = [
  // First, while the generated files are still those of the checkout.
  ['generated files', script('generate.mjs'), '--check'],
  ['format', tool('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  ['lint', tool('eslint/bin/eslint.js'), '--max-warnings=0', '.'],
  ['types', tool('typescript/bin/tsc'), '--project', '.'],
  ['import rules', script('check-imports.mjs')],
  ['unused', tool('knip/bin/knip.js')],
  ['citations', script('check-citations.mjs')],
  ['lock', script('check-lock.mjs')],
  ['guides', script('check-guides.mjs')],
]

makeReady({ build: false })
const failed = []
for (const [name, ...command] of CHECKS) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (status === 0) continue
  failed.push(name)
  console.log(`${stdout}${stderr}`.trimEnd().replaceAll(/^/gm, '  '))
}

if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`)
console.log(tallyLine({ passed: CHECKS.length - failed.length, failed: failed.length }))
process.exitCode = failed.length > 0 ? 1 : 0
