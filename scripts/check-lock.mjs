// npm run check:lock: the lock is complete, and `npm ci` of npm 10 and of npm 11 accepts it, from nothing.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingOptionals, namedRegistries } from './lib/lockfile.mjs'
import { root } from './lib/ready.mjs'

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const faults = [
  ...missingOptionals(lock).map((line) => `no entry for an optional package: ${line}`),
  ...namedRegistries(lock).map((line) => `an entry names its registry: ${line}`),
]

for (const version of ['10', '11']) {
  const scratch = mkdtempSync(join(tmpdir(), 'snetd-lock-'))
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(root, file), join(scratch, file))
  const { status, stdout, stderr } = spawnSync(
    'npx',
    ['--yes', `npm@${version}`, 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'],
    { cwd: scratch, encoding: 'utf8', env: withoutNpm(process.env) },
  )
  rmSync(scratch, { recursive: true, force: true })
  console.log(`npm ${version} ci: ${status === 0 ? 'ok' : 'failed'}`)
  if (status !== 0) faults.push(`npm ${version} ci failed:\n${stdout}${stderr}`)
}

for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0

/** The npm that runs this script hands its own settings on; the one that is tried shall start from the user's. */
function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(config|lifecycle|package|command)/.test(name)),
  )
}
