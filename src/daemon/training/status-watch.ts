import { Waiters } from '../../shared/abort.js'
import { pause } from '../../shared/clock.js'
import { messageOf } from '../../shared/errors.js'
import type { Log } from '../observability/index.js'
import { isAtWork } from './model.js'
import type { Models } from './models.js'
import type { Provider } from './provider.js'

export interface WatchLimits {
  readonly intervalMs: number
  /** Between two questions about a model whose status the service does not tell. */
  readonly longestMs: number
}

interface WatchDeps {
  readonly models: Models
  readonly provider: Provider
  readonly log: Log
}

/** Questions under way at a time. */
const AT_ONCE = 4

/** Asks the service about models that it works on until it is done with them, so that lists tell how they stand. */
export class StatusWatch implements AsyncDisposable {
  readonly #deps: WatchDeps
  readonly #limits: WatchLimits
  /** By their ids: when each is asked about, and how long after the last time that is. */
  readonly #due = new Map<string, { at: number; waitMs: number }>()
  readonly #stop = new AbortController()
  readonly #news = new Waiters()
  readonly #running: Promise<void>

  constructor(deps: WatchDeps, limits: WatchLimits) {
    this.#deps = deps
    this.#limits = limits
    this.#running = this.#run()
  }

  watch(id: string): void {
    const waitMs = this.#limits.intervalMs
    this.#due.set(id, { at: performance.now() + waitMs, waitMs })
    this.#news.wakeAll()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    await this.#findAll()
    while (!signal.aborted) {
      if (this.#due.size === 0) await this.#news.wait(signal)
      else await pause(this.#limits.intervalMs, signal)
      const due = [...this.#due].filter(([, { at }]) => at <= performance.now()).map(([id]) => id)
      for (let i = 0; i < due.length && !signal.aborted; i += AT_ONCE)
        await Promise.all(due.slice(i, i + AT_ONCE).map((id) => this.#ask(id)))
    }
  }

  /** Those that were at work when the daemon last ended. */
  async #findAll(): Promise<void> {
    try {
      for await (const model of this.#deps.models.list()) if (isAtWork(model)) this.watch(model.id)
    } catch (fault) {
      this.#deps.log.warn('models at work are not known: their status is asked for when somebody wants it', {
        reason: messageOf(fault),
      })
    }
  }

  /** @param id what fails is asked again, later each time */
  async #ask(id: string): Promise<void> {
    const { models, provider, log } = this.#deps
    try {
      const status = await provider.statusOf(id, this.#stop.signal)
      const model = await models.setStatus(id, status)
      if (isAtWork(model)) this.watch(id)
      else this.#due.delete(id)
    } catch (fault) {
      const waitMs = Math.min(2 * (this.#due.get(id)?.waitMs ?? 0), this.#limits.longestMs)
      this.#due.set(id, { at: performance.now() + waitMs, waitMs })
      log.debug('the service does not tell the status of a model', { model: id, reason: messageOf(fault) })
    }
  }
}
