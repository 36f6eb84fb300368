import { daemonSchema, UPDATABLE, type UpdatableKey } from '../settings/index.js'
import type { SettingParameter } from './api/index.js'

/** The settings that operators are told of over the wire, and which of them they may change. */
export function settingParameters(): readonly SettingParameter[] {
  return [...FIXED, ...(Object.keys(UPDATABLE) as UpdatableKey[]).map(editable)]
}

function editable(key: UpdatableKey): SettingParameter {
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
