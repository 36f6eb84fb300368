import { isObject } from '../../shared/is-object.js'
import { Poller } from '../../shared/poller.js'
import type { ReportedTrouble } from '../../shared/wire/index.js'
import type { Health, Log } from '../observability/index.js'
import { type Condition, judge, type Memory, type Patience, type Streaks, type Telling } from './conditions.js'
import { partConditions } from './part-conditions.js'
import type { Watch } from './watches.js'

export interface AlertsConfig extends Patience {
  readonly lookMs: number
}

export interface AlertsDeps {
  readonly log: Log
  readonly health: Pick<Health, 'check'>
  readonly watches: readonly Watch[]
  /** Whom alerts go to now; undefined where they are in the log alone. */
  readonly recipient: () => string | undefined
  readonly tell: (trouble: ReportedTrouble) => void
  /** Keeps what was told over a restart; undefined where nothing is kept. */
  readonly notes: { read(): string | undefined; write(text: string): Promise<void> } | undefined
  /** From here on nothing is wrong: parts close one by one. */
  readonly isStopping: () => boolean
  readonly now?: () => number
}

/** Whom something was told, and what: whoever is new is told all of it. */
interface Kept {
  readonly to: string
  readonly memory: Memory
}

/** Looks at the daemon from time to time, and tells its operator what has to be seen to: once, and when it is over. */
export class Alerts implements AsyncDisposable {
  readonly #config: AlertsConfig
  readonly #deps: AlertsDeps
  readonly #poller: Poller
  readonly #streaks: Streaks = new Map()
  #kept: Kept

  constructor(config: AlertsConfig, deps: AlertsDeps) {
    this.#config = config
    this.#deps = deps
    this.#kept = parseKept(deps.notes?.read())
    this.#poller = new Poller(
      () => config.lookMs,
      () => this.#turn(),
    )
  }

  async #turn(): Promise<void> {
    const { recipient, now = Date.now, isStopping } = this.#deps
    const look = new Map([...partConditions(await this.#deps.health.check()), ...(await this.#watched())])
    if (isStopping()) return
    const to = recipient() ?? ''
    const memory = to === this.#kept.to ? this.#kept.memory : {}
    const judged = judge(look, { memory, streaks: this.#streaks, now: now() }, this.#config)
    if (judged.memory === this.#kept.memory) return
    this.#kept = { to, memory: judged.memory }
    for (const telling of judged.tellings) this.#tell(telling, now())
    // What is not kept is told again after a restart, which is better than not at all.
    await this.#deps.notes?.write(JSON.stringify(this.#kept))
  }

  async #watched(): Promise<[string, Condition | undefined][]> {
    const seen = await Promise.allSettled(this.#deps.watches.map(async ({ key, look }) => [key, await look()] as const))
    return seen.flatMap((result) => (result.status === 'fulfilled' ? [[...result.value]] : []))
  }

  #tell({ isOwn, ...telling }: Telling, at: number): void {
    const { log, recipient, tell } = this.#deps
    if (isOwn) log[telling.level === 'INFO' ? 'info' : 'warn'](telling.message, { details: telling.details })
    if (recipient() !== undefined) tell({ ...telling, at })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#poller[Symbol.asyncDispose]()
  }
}

/** Our own writing; what is none of it is as good as nothing. */
function parseKept(text: string | undefined): Kept {
  const nothing = { to: '', memory: {} }
  if (text === undefined) return nothing
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && isObject(value['memory']) ? (value as unknown as Kept) : nothing
  } catch {
    return nothing
  }
}
