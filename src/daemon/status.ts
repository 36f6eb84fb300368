import { packageVersion } from '../shared/package.js'
import type { StatusMessage } from '../shared/wire/index.js'
import type { Health } from './observability/index.js'

type Served = Pick<StatusMessage, 'gate' | 'infra'>

/** What the daemon tells of itself while it goes from start to stop. */
export class DaemonStatus {
  readonly #health: Health
  #phase: StatusMessage['phase'] = 'STARTING'
  #waitingFor = ''
  #served: (() => Served) | undefined

  constructor(health: Health) {
    this.#health = health
  }

  /** What the start cannot go on without. */
  waitFor(what: string): void {
    this.#waitingFor = what
  }

  serve(served: () => Served): void {
    this.#phase = 'SERVING'
    this.#waitingFor = ''
    this.#served = served
  }

  stop(): void {
    this.#phase = 'STOPPING'
  }

  async read(): Promise<StatusMessage> {
    const { ready, parts } = await this.#health.check()
    return {
      phase: this.#phase,
      healthy: ready && this.#phase === 'SERVING',
      parts: parts.map(({ part, ...health }) => ({ name: part, ...health })),
      pid: process.pid,
      version: packageVersion(),
      uptime_seconds: process.uptime(),
      waiting_for: this.#waitingFor,
      ...this.#served?.(),
    }
  }
}
