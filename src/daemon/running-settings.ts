import { isDeepStrictEqual } from 'node:util'
import {
  applyUpdates,
  type DaemonConfig,
  type LoadedConfig,
  reloadSettings,
  shownSettings,
  type UpdatableKey,
  updatesPath,
  updatesText,
  waitingKeys,
} from '../settings/index.js'
import { messageOf, SnetError } from '../shared/errors.js'
import { type Live, live } from '../shared/live.js'
import type { StatusView } from './api/index.js'
import { writeWhole } from './data-dir/index.js'
import type { Log } from './observability/index.js'
import type { SharedSettings } from './shared-settings.js'

export interface RunningSettingsDeps {
  readonly log: Log
}

type Pending = NonNullable<StatusView['pending']>

/** Told what counts from now on. */
type OnChange = (next: LoadedConfig) => void

/** The settings of a running daemon, some of which operators change: here, at another replica, or where they are written. */
export class RunningSettings {
  readonly #log: Log
  readonly #started: LoadedConfig
  readonly #listeners: OnChange[] = []
  /** What all replicas of the service were told; undefined where there are no others. */
  #shared: SharedSettings | undefined
  #loaded: LoadedConfig
  /** What others were told and cannot count here: said once. */
  readonly #refused: Record<string, string> = {}
  /** One change after the other: each begins with what the one before has made. */
  #updating: Promise<void> = Promise.resolve()

  constructor(started: LoadedConfig, { log }: RunningSettingsDeps) {
    this.#started = started
    this.#loaded = started
    this.#log = log
  }

  /** Takes over what other replicas were told before this one began, and from now on. Error: as reading the store. */
  async share(shared: SharedSettings): Promise<void> {
    this.#shared = shared
    const told = await shared.read()
    await this.#inTurn(() => this.#adopt(told))
    shared.onChange((now) => void this.#inTurn(() => this.#adopt(now)))
  }

  onChange(listener: OnChange): void {
    this.#listeners.push(listener)
  }

  /** A part of the settings; it is another only when its value is. */
  part<Part>(read: (config: DaemonConfig) => Part): Live<Part> {
    const part = live(read(this.#loaded.config))
    this.onChange(({ config }) => {
      const next = read(config)
      if (!isDeepStrictEqual(next, part.current)) part.replace(next)
    })
    return part
  }

  /** What counts now. */
  get loaded(): LoadedConfig {
    return this.#loaded
  }

  shown(): Readonly<Record<string, string>> {
    return shownSettings(this.#loaded)
  }

  /** What was changed since the start, waits for a restart, and what of it would make the start fail. */
  async readPending(): Promise<Pending> {
    try {
      const found = await this.#loaded.reread()
      const keys = waitingKeys(this.#started, this.#loaded, found)
      return { keys, problems: found.problems.map(({ message }) => message) }
    } catch (fault) {
      return { keys: [], problems: [messageOf(fault)] }
    }
  }

  /** Kept before it counts, all of it or none. Errors: as `applyUpdates`, and `storage-failed`; as changing the store. */
  update(changes: Readonly<Record<string, string>>): Promise<void> {
    return this.#inTurn(() => this.#update(changes))
  }

  /** Reads the settings again where they are written; what is wrong with them is logged, and then nothing changes. */
  reload(): Promise<void> {
    return this.#inTurn(() => this.#reload())
  }

  async #reload(): Promise<void> {
    try {
      const found = await this.#loaded.reread()
      const { next, changed } = reloadSettings(this.#loaded, found)
      for (const warning of found.warnings) if (!this.#loaded.warnings.includes(warning)) this.#log.warn(warning)
      this.#tell(next)
      const waiting = waitingKeys(this.#started, next, found)
      this.#log.warn('the settings were read again', {
        changed: changed.join(' ') || 'nothing',
        ...(waiting.length > 0 && { wait_for_a_restart: waiting.join(' ') }),
      })
    } catch (fault) {
      const hint = fault instanceof SnetError && fault.hint !== undefined ? { hint: fault.hint } : {}
      const problems = messageOf(fault).split('\n')
      this.#log.error('the settings were read again and are wrong: nothing changes', { problems, ...hint })
    }
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const updating = this.#updating.then(work)
    this.#updating = updating.catch(() => undefined)
    return updating
  }

  async #update(changes: Readonly<Record<string, string>>): Promise<void> {
    const next = applyUpdates(this.#loaded, changes)
    await this.#shared?.change(changes)
    await writeWhole(updatesPath(next.dataDir), updatesText(next.updates))
    this.#count(next, 'settings changed over the wire, as an operator says', changes)
  }

  /** Makes what all replicas were told count here too, key by key: one that a variable sets here keeps none of the others. */
  async #adopt(told: Readonly<Record<string, string>>): Promise<void> {
    const changes: Record<string, string> = {}
    let next = this.#loaded
    for (const [key, value] of Object.entries(told)) {
      if (this.#loaded.updates[key as UpdatableKey] === value || this.#refused[key] === value) continue
      try {
        next = applyUpdates(next, { [key]: value })
        changes[key] = value
      } catch (fault) {
        this.#refused[key] = value
        const reason = messageOf(fault)
        this.#log.warn('a setting that was changed at another replica does not count here', { key, reason })
      }
    }
    if (next === this.#loaded) return
    try {
      await writeWhole(updatesPath(next.dataDir), updatesText(next.updates))
    } catch (fault) {
      this.#log.warn('settings of the group count, and could not be kept in data_dir', {
        reason: messageOf(fault),
      })
    }
    this.#count(next, 'settings changed, as an operator of another daemon of the group says', changes)
  }

  #count(next: LoadedConfig, text: string, changes: Readonly<Record<string, string>>): void {
    this.#log.warn(text, { ...changes })
    this.#tell(next)
  }

  #tell(next: LoadedConfig): void {
    this.#loaded = next
    for (const listener of this.#listeners) listener(next)
  }
}
