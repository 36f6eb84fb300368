import {
  applyUpdates,
  daemonSchema,
  type LoadedConfig,
  shownSettings,
  UPDATABLE,
  type UpdatableKey,
  updatesPath,
  updatesText,
} from '../settings/index.js'
import { messageOf } from '../shared/errors.js'
import type { SettingParameter } from './api/index.js'
import { writeWhole } from './data-dir/index.js'
import type { Log } from './observability/index.js'
import type { SharedSettings } from './shared-settings.js'

export interface RunningSettingsDeps {
  readonly log: Log
  /** What all replicas of the service were told; undefined where there are no others. */
  readonly shared?: SharedSettings | undefined
  /** Told what counts from now on. */
  readonly onChange: (next: LoadedConfig) => void
}

/** The settings of a running daemon, some of which operators change: here, or at another replica. */
export class RunningSettings {
  readonly #deps: RunningSettingsDeps
  #loaded: LoadedConfig
  /** What others were told and cannot count here: said once. */
  readonly #refused: Record<string, string> = {}
  /** One change after the other: each begins with what the one before has made. */
  #updating: Promise<void> = Promise.resolve()

  private constructor(loaded: LoadedConfig, deps: RunningSettingsDeps) {
    this.#loaded = loaded
    this.#deps = deps
  }

  /** Takes over what other replicas were told before this one began. Error: as reading the store. */
  static async open(loaded: LoadedConfig, deps: RunningSettingsDeps): Promise<RunningSettings> {
    const settings = new RunningSettings(loaded, deps)
    await settings.#adopt((await deps.shared?.read()) ?? {})
    deps.shared?.onChange((told) => void settings.#inTurn(() => settings.#adopt(told)))
    return settings
  }

  /** What counts now. */
  get loaded(): LoadedConfig {
    return this.#loaded
  }

  shown(): Readonly<Record<string, string>> {
    return shownSettings(this.#loaded)
  }

  parameters(): readonly SettingParameter[] {
    const editable = (Object.keys(UPDATABLE) as UpdatableKey[]).map((key) => this.#editable(key))
    return [...FIXED, ...editable]
  }

  /** Kept before it counts, all of it or none. Errors: as `applyUpdates`, and `storage-failed`; as changing the store. */
  update(changes: Readonly<Record<string, string>>): Promise<void> {
    return this.#inTurn(() => this.#update(changes))
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const updating = this.#updating.then(work)
    this.#updating = updating.catch(() => undefined)
    return updating
  }

  async #update(changes: Readonly<Record<string, string>>): Promise<void> {
    const next = applyUpdates(this.#loaded, changes)
    await this.#deps.shared?.change(changes)
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
        this.#deps.log.warn('a setting that was changed at another replica does not count here', { key, reason })
      }
    }
    if (next === this.#loaded) return
    try {
      await writeWhole(updatesPath(next.dataDir), updatesText(next.updates))
    } catch (fault) {
      this.#deps.log.warn('settings of the group count, and could not be kept in data_dir', {
        reason: messageOf(fault),
      })
    }
    this.#count(next, 'settings changed, as an operator of another daemon of the group says', changes)
  }

  #count(next: LoadedConfig, text: string, changes: Readonly<Record<string, string>>): void {
    this.#loaded = next
    this.#deps.log.warn(text, { ...changes })
    this.#deps.onChange(next)
  }

  #editable(key: UpdatableKey): SettingParameter {
    const { isLive } = UPDATABLE[key]
    return {
      name: key,
      description: key === 'log.level' ? 'Lines of this level and above are logged.' : daemonSchema[key].doc,
      type: key === 'log.level' || key === 'alerts_email' ? 'STRING' : 'INTEGER',
      isMandatory: false,
      isEditable: true,
      needsRestart: !isLive,
      section: 'general',
      default: key === 'log.level' ? 'info' : defaultOf(key),
    }
  }
}

/** As a user would write it; empty where there is none. */
function defaultOf(key: keyof typeof daemonSchema): string {
  const { default: value = '' } = daemonSchema[key]
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const fixed = (name: keyof typeof daemonSchema, section: string, type: SettingParameter['type']): SettingParameter => ({
  name,
  description: daemonSchema[name].doc,
  type,
  isMandatory: true,
  isEditable: false,
  needsRestart: true,
  section,
  default: defaultOf(name),
})

/** What the reference's schema names (snet-wire 1.5). */
const FIXED: readonly SettingParameter[] = [
  fixed('registry_address_key', 'blockchain', 'ADDRESS'),
  fixed('ethereum_json_rpc_http_endpoint', 'blockchain', 'URL'),
  fixed('blockchain_network_selected', 'blockchain', 'STRING'),
  fixed('service_endpoint', 'general', 'URL'),
]
