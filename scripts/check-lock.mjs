// npm run check:lock: the lock is complete, and `npm ci` of npm 10 and of npm 11 accepts it, from nothing.
import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { missingOptionals, namedRegistries } from './lib/lockfile.mjs'
import { root } from './lib/ready.mjs'

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const faults = [
  ...missingOptionals(lock).map((line) => `no entry for an optional package: ${line}`),
  ...namedRegistries(lock).map((line) => `an entry names its registry: ${line}`),
]

faults.push(...(await Promise.all(['10', '11'].map(installFault))).flat())
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0

/** Installs from the lock in an empty directory, with that npm; empty when it went well. */
async function installFault(version) {
  const scratch = mkdtempSync(join(tmpdir(), 'snetd-lock-'))
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(root, file), join(scratch, file))
  try {
    await promisify(execFile)(
      'npx',
      ['--yes', `npm@${version}`, 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'],
      { cwd: scratch, env: withoutNpm(process.env), maxBuffer: 64 << 20 },
    )
    console.log(`npm ${version} ci: ok`)
    return []
  } catch ({ stdout, stderr }) {
    return [`npm ${version} ci failed:\n${stdout}${stderr}`]
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The npm that runs this script hands its own settings on; the one that is tried shall start from the user's. */
function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(config|lifecycle|package|command)/.test(name)),
  )
}
