import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { packageRoot } from '../../src/shared/package.js'
import type { CliResult } from './cli.js'

/** A command line of a shell, in which `infra` is ours. */
export async function infraShell(script: string): Promise<CliResult> {
  const program = `infra() { '${process.execPath}' '${join(packageRoot, 'bin', 'infra.js')}' "$@"; }\n`
  const child = spawn('bash', ['-c', program + script], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}
