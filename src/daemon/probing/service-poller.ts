import { Poller } from '../../shared/poller.js'
import { SnetError } from '../../shared/errors.js'
import { withTimeLimit } from '../../shared/time-limit.js'
import type { Log, PartHealth } from '../observability/index.js'
import { isUnwell, type Probe } from './probe.js'

export interface PollLimits {
  readonly intervalMs: number
  readonly timeoutMs: number
}

/** A service that is away is looked for so often at least: who starts it wants to see it come. */
const AWAY_MS = 1_000

/**
 * Looks after the service from time to time, one look at a time, whether or not anybody asks; who asks is told the last
 * look's outcome. No call waits for it.
 */
export class ServicePoller implements AsyncDisposable {
  readonly #probe: Probe
  readonly #limits: PollLimits
  readonly #log: Log
  readonly #endpoint: string
  readonly #stop = new AbortController()
  readonly #first: Promise<void>
  readonly #poller: Poller
  #latest: PartHealth = { ok: true }

  /** @param endpoint as the log names the service */
  constructor(probe: Probe, limits: PollLimits, { log, endpoint }: { log: Log; endpoint: string }) {
    this.#probe = probe
    this.#limits = limits
    this.#log = log
    this.#endpoint = endpoint
    this.#first = this.#look()
    const waitMs = (): number => (this.#latest.ok ? limits.intervalMs : Math.min(limits.intervalMs, AWAY_MS))
    this.#poller = new Poller(waitMs, () => this.#first.then(() => this.#look()))
  }

  /** How the service was found last. */
  async health(): Promise<PartHealth> {
    await this.#first
    return this.#latest
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#poller[Symbol.asyncDispose]()
  }

  async #look(): Promise<void> {
    const found = await this.#ask()
    if (this.#stop.signal.aborted) return
    const before = this.#latest
    this.#latest = found
    const fields = { endpoint: this.#endpoint, reason: found.reason }
    if (!found.ok && before.ok) this.#log.warn('the service cannot be reached: calls fail until it can', fields)
    else if (!found.ok && found.reason !== before.reason)
      this.#log.warn('the service is away for another reason', fields)
    else if (found.ok && !before.ok) this.#log.info('the service is back', { endpoint: this.#endpoint })
  }

  async #ask(): Promise<PartHealth> {
    const ms = this.#limits.timeoutMs
    try {
      const late = (): SnetError => new SnetError('timed-out', `no answer within ${ms} ms`)
      return await withTimeLimit({ ms, signal: this.#stop.signal, late }, this.#probe)
    } catch (fault) {
      return isUnwell(fault instanceof SnetError ? fault.message : 'its state cannot be read')
    }
  }
}
