import { packageVersion } from '../shared/package.js'
import type { StatusView } from './api/index.js'
import type { Health } from './observability/index.js'

type Served = Pick<StatusView, 'gate' | 'infra'>
/** What is told from the start on. */
type Known = Pick<StatusView, 'metrics' | 'pending'>

/** What the daemon tells of itself while it goes from start to stop. */
export class DaemonStatus {
  readonly #health: Health
  #phase: StatusView['phase'] = 'starting'
  #waitingFor = ''
  #served: (() => Promise<Served>) | undefined
  #known: () => Promise<Known> = async () => ({})

  constructor(health: Health) {
    this.#health = health
  }

  know(known: () => Promise<Known>): void {
    this.#known = known
  }

  /** What the start cannot go on without. */
  waitFor(what: string): void {
    this.#waitingFor = what
  }

  serve(served: () => Promise<Served>): void {
    this.#phase = 'serving'
    this.#waitingFor = ''
    this.#served = served
  }

  stop(): void {
    this.#phase = 'stopping'
  }

  async read(): Promise<StatusView> {
    const { ready, parts } = await this.#health.check()
    return {
      phase: this.#phase,
      healthy: ready && this.#phase === 'serving',
      parts,
      pid: process.pid,
      version: packageVersion(),
      uptimeSeconds: process.uptime(),
      waitingFor: this.#waitingFor,
      ...(await this.#known()),
      ...(await this.#served?.()),
    }
  }
}
