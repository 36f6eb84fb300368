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
import type { SettingParameter } from './api/index.js'
import { writeWhole } from './data-dir/index.js'
import type { Log } from './observability/index.js'

export interface RunningSettingsDeps {
  readonly log: Log
  /** Told what counts from now on. */
  readonly onChange: (next: LoadedConfig) => void
}

/** The settings of a running daemon, some of which operators change. */
export class RunningSettings {
  readonly #deps: RunningSettingsDeps
  #loaded: LoadedConfig
  /** One change after the other: each begins with what the one before has made. */
  #updating: Promise<void> = Promise.resolve()

  constructor(loaded: LoadedConfig, deps: RunningSettingsDeps) {
    this.#loaded = loaded
    this.#deps = deps
  }

  shown(): Readonly<Record<string, string>> {
    return shownSettings(this.#loaded)
  }

  parameters(): readonly SettingParameter[] {
    const editable = (Object.keys(UPDATABLE) as UpdatableKey[]).map((key) => this.#editable(key))
    return [...FIXED, ...editable]
  }

  /** Kept before it counts, all of it or none. Errors: as `applyUpdates`, and `storage-failed`. */
  update(changes: Readonly<Record<string, string>>): Promise<void> {
    const updating = this.#updating.then(() => this.#update(changes))
    this.#updating = updating.catch(() => undefined)
    return updating
  }

  async #update(changes: Readonly<Record<string, string>>): Promise<void> {
    const next = applyUpdates(this.#loaded, changes)
    await writeWhole(updatesPath(next.dataDir), updatesText(next.updates))
    this.#loaded = next
    this.#deps.log.warn('settings changed over the wire, as an operator says', { ...changes })
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
