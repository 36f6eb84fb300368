import { execFile, type ExecFileException } from 'node:child_process'
import { type Log, warnSeldom } from '../observability/index.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Node has no datagram sockets, which are what systemd listens at: its own program speaks for us. */
const PROGRAM = 'systemd-notify'
/** A manager that takes nothing must not leave programs behind. */
const LIMIT_MS = 5_000

/** Tells the service manager of this process, one word after the other (sd_notify(3)). */
export class Notifier {
  readonly #env: NodeJS.ProcessEnv
  readonly #warn: ReturnType<typeof warnSeldom>
  #last: Promise<void> = Promise.resolve()
  #waiting = 0

  constructor(socket: string, { env, log }: { env: Environment; log: Log }) {
    this.#env = { NOTIFY_SOCKET: socket, ...(env['PATH'] !== undefined && { PATH: env['PATH'] }) }
    this.#warn = warnSeldom(log)
  }

  get isBusy(): boolean {
    return this.#waiting > 0
  }

  /** Resolves when nothing waits to be told. */
  get settled(): Promise<void> {
    return this.#last
  }

  /** Resolves when it was taken, or was given up with a warning. */
  tell(...assignments: string[]): Promise<void> {
    this.#waiting++
    this.#last = this.#last.then(async () => {
      await this.#run(assignments)
      this.#waiting--
    })
    return this.#last
  }

  #run(assignments: readonly string[]): Promise<void> {
    return new Promise((done) => {
      const options = { env: this.#env, timeout: LIMIT_MS, killSignal: 'SIGKILL' as const }
      execFile(PROGRAM, [...assignments], options, (fault, _stdout, stderr) => {
        if (fault) this.#warn('systemd could not be told how the daemon is', { reason: reasonOf(fault, stderr) })
        done()
      })
    })
  }
}

function reasonOf({ code, killed }: ExecFileException, stderr: string): string {
  if (code === 'ENOENT') return `there is no ${PROGRAM} on the PATH`
  return killed === true
    ? `${PROGRAM} did not end in time`
    : stderr.trim().slice(0, 300) || `${PROGRAM} failed: ${code}`
}
