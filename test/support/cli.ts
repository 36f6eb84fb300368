import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../src/shared/package.js'

export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly name?: 'run' | 'infra'
  /** What arrives on stdin, part by part; stdin ends after the last. */
  readonly input?: AsyncIterable<string> | Iterable<string>
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Runs the built command line as a stranger would, to its end. */
export async function runCli(
  args: readonly string[],
  { name = 'run', input, env, cwd }: CliOptions = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [join(packageRoot, 'bin', `${name}.js`), ...args], {
    cwd,
    // Width and colours as in a pipe, whatever the terminal of the test run.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], COLUMNS: '120', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const closed = new Promise<number | null>((done) => child.once('close', done))
  if (input) {
    child.stdin.on('error', () => undefined)
    for await (const part of input) child.stdin.write(part)
    child.stdin.end()
  }
  return { code: await closed, stdout, stderr }
}
