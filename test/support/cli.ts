import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../src/shared/package.js'
import { jsonFaults } from './json-faults.js'

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
  /** As on a full disk: no file can be made longer. */
  readonly maxFileKiB?: number
}

/** Runs the built command line as a stranger would, to its end; what it prints with `--json` has to be as its schema says. */
export async function runCli(
  args: readonly string[],
  { name = 'run', input, env, cwd, maxFileKiB }: CliOptions = {},
): Promise<CliResult> {
  const command = [process.execPath, join(packageRoot, 'bin', `${name}.js`), ...args]
  const [program = '', ...rest] = maxFileKiB === undefined ? command : limited(maxFileKiB, command)
  const child = spawn(program, rest, {
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
  const result = { code: await closed, stdout, stderr }
  const faults = jsonFaults(args, result)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return result
}

const limited = (maxFileKiB: number, command: readonly string[]): string[] => [
  'bash',
  '-c',
  `ulimit -f ${maxFileKiB}; exec "$0" "$@"`,
  ...command,
]
