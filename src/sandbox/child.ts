import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { endWithUs } from '../shared/end-with-us.js'
import { SnetError } from '../shared/errors.js'

export interface ChildConfig {
  readonly command: string
  readonly args: readonly string[]
  /** The line on stdout that says the program is up; its first group is the result. */
  readonly ready: RegExp
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** A program of our own beside us, which does not outlive us, however we end. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcess
  /** What the ready line told. */
  readonly ready: string
  /** The last lines it printed, both streams. */
  readonly lines: readonly string[]
  /** Resolves with exit code or signal name. */
  readonly ended: Promise<number | string>
}

const KEPT_LINES = 2_000
const STOP_TIMEOUT_MS = 15_000

/** Error: `unavailable` with the program's own last words when it ends before it is ready. */
export async function startChild({ command, args, ready, env }: ChildConfig): Promise<Child> {
  // A process group of its own: Ctrl-C reaches us, and we stop our children in order.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: env ?? process.env })
  const guard = endWithUs(child)
  const lines: string[] = []
  const ended = new Promise<number | string>((done) => {
    child.once('error', (error) => done(error.message))
    child.once('close', (code, signal) => done(signal ?? code ?? 0))
  }).finally(() => guard.kill('SIGKILL'))
  const isReady = new Promise<string>((done) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (lines.push(line) > KEPT_LINES) lines.shift()
        const match = ready.exec(line)
        if (match) done(match[1] ?? '')
      })
    }
  })
  const first = await Promise.race([isReady.then((told) => ({ told })), ended.then((end) => ({ end }))])
  if ('end' in first)
    throw new SnetError(
      'unavailable',
      `${command} ${args[0] ?? ''} ended (${first.end}): ${lines.slice(-8).join('\n')}`,
    )
  return {
    process: child,
    ready: first.told,
    lines,
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await ended
      clearTimeout(timer)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}
