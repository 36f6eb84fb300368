import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { pause } from '../../../../shared/clock.js'
import { endText } from './end-text.js'
import type { GroupGuard } from './group-guard.js'
import { openStdio, type Stdio, type Streams } from './stdio.js'

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
export async function startChild(
  executable: string,
  args: readonly string[],
  { env, guard, onStderr }: ChildDeps & { env: Environment },
): Promise<Child> {
  const { child, streams } = spawnWith(await openStdio(), executable, args, env)
  // It may end, or close its input, before it has read everything: its end tells why.
  for (const stream of allOf(streams)) stream.on('error', () => undefined)
  onStderr(streams.stderr)
  const { pid } = child
  if (pid !== undefined) guard.add(pid)
  const ended = endOf(child, streams, () => {
    if (pid === undefined) return
    // What it started has its process group, and has no one to work for any more.
    signalGroup(pid, 'SIGKILL')
    guard.remove(pid)
  })
  return {
    stdin: streams.stdin,
    stdout: streams.stdout,
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

function spawnWith(
  stdio: Stdio,
  executable: string,
  args: readonly string[],
  env: Environment,
): { child: ChildProcess; streams: Streams } {
  let child: ChildProcess | undefined
  try {
    child = spawn(executable, args, { stdio: [...stdio.ends], detached: true, env })
    return { child, streams: stdio.streamsOf(child) }
  } catch (fault) {
    if (!child) destroyAll(stdio.streamsOf(undefined))
    throw fault
  }
}

interface End {
  readonly gone: Promise<string | undefined>
  readonly hasEnded: () => boolean
}

function endOf(child: ChildProcess, streams: Streams, onExit: () => void): End {
  let hasEnded = false
  const ended = new Promise<string | undefined>((done) => {
    const end = (reason: string | undefined): void => {
      if (hasEnded) return
      hasEnded = true
      onExit()
      done(reason)
    }
    child.once('error', (fault: NodeJS.ErrnoException) => {
      destroyAll(streams)
      end(`it cannot be started: ${fault.code ?? fault.message}`)
    })
    child.once('exit', (code, signal) => end(endText(code, signal)))
  })
  const read = Promise.all([streams.stdout, streams.stderr].map(closed))
  const gone = ended.then(async (reason) => {
    streams.stdin.destroy()
    const lingering = setTimeout(() => destroyAll(streams), LINGER_MS)
    await read
    clearTimeout(lingering)
    return reason
  })
  return { gone, hasEnded: () => hasEnded }
}

const closed = (stream: Readable): Promise<void> =>
  new Promise((done) => (stream.closed ? done() : void stream.once('close', done)))

const allOf = ({ stdin, stdout, stderr }: Streams): readonly (Readable | Writable)[] => [stdin, stdout, stderr]

function destroyAll(streams: Streams): void {
  for (const stream of allOf(streams)) stream.destroy()
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
