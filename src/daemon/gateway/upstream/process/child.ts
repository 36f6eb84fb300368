import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { pause } from '../../../../shared/clock.js'
import { endText } from './end-text.js'
import type { GroupGuard } from './group-guard.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** One run of the executable. */
export interface Child {
  readonly stdin: Writable
  readonly stdout: Readable
  /**
   * Resolves when it and all that it started have ended, and all that it wrote was read: with undefined after exit code 0,
   * else with the reason in words.
   */
  readonly gone: Promise<string | undefined>
  /** It has ended, though some of what it wrote may not have been read. */
  readonly hasEnded: boolean
  /** Ends it and all that it started. */
  stop(): void
}

export interface ChildDeps {
  readonly guard: GroupGuard
  /** What it says of itself. */
  readonly onStderr: (stderr: Readable) => void
}

/** How long it may take to end when it is asked to. */
const STOP_MS = 1_000
/** How long somebody who left its group may keep its output open after its end. */
const LINGER_MS = 1_000

/** Starts the executable in a process group of its own, without a shell. */
export function startChild(
  executable: string,
  args: readonly string[],
  { env, guard, onStderr }: ChildDeps & { env: Environment },
): Child {
  const child = spawn(executable, args, { stdio: 'pipe', detached: true, env })
  // It may end, or close its input, before it has read everything: its end tells why.
  child.stdin.on('error', () => undefined)
  child.stdout.on('error', () => undefined)
  child.stderr.on('error', () => undefined)
  onStderr(child.stderr)
  const { pid } = child
  if (pid !== undefined) guard.add(pid)
  const ended = endOf(child, () => {
    if (pid === undefined) return
    // What it started has its process group, and has no one to work for any more.
    signalGroup(pid, 'SIGKILL')
    guard.remove(pid)
  })
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    gone: ended.gone,
    get hasEnded() {
      return ended.hasEnded()
    },
    stop() {
      if (pid === undefined || ended.hasEnded()) return
      signalGroup(pid, 'SIGTERM')
      void stopForGood(pid, ended)
    },
  }
}

interface End {
  readonly gone: Promise<string | undefined>
  readonly hasEnded: () => boolean
}

function endOf(child: ChildProcessByStdio<Writable, Readable, Readable>, onExit: () => void): End {
  let hasEnded = false
  const gone = new Promise<string | undefined>((done) => {
    let reason: string | undefined
    child.once('error', (fault: NodeJS.ErrnoException) => {
      hasEnded = true
      done(`it cannot be started: ${fault.code ?? fault.message}`)
    })
    child.once('exit', (code, signal) => {
      hasEnded = true
      reason = endText(code, signal)
      onExit()
      const lingering = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, LINGER_MS)
      child.once('close', () => clearTimeout(lingering))
    })
    child.once('close', () => done(reason))
  })
  return { gone, hasEnded: () => hasEnded }
}

async function stopForGood(pid: number, { gone, hasEnded }: End): Promise<void> {
  const over = new AbortController()
  const late = pause(STOP_MS, over.signal).then(() => {
    if (!hasEnded()) signalGroup(pid, 'SIGKILL')
  })
  await gone
  over.abort()
  await late
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}
