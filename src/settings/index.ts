export { applyUpdates } from './apply-updates.js'
export type { LogHook } from './check-log-hooks.js'
export type { InfraAccess } from './infra-access.js'
export { dataDirOf } from './data-dir.js'
export { credentialKeys, type DaemonConfig, daemonSchema } from './daemon-schema.js'
export { readFileSettings } from './file-settings.js'
export { writeConfigFile } from './init.js'
export {
  type ConfigSources,
  findSettings,
  type FoundSettings,
  type LoadedConfig,
  loadConfig,
  requireValid,
} from './load.js'
export { reloadSettings, waitingKeys } from './reload.js'
export { secretTextsOf } from './secret-texts.js'
export { shownSettings } from './shown.js'
export { UPDATABLE, type UpdatableKey, updatesPath, updatesText } from './updates.js'
export { NETWORKS } from './networks.js'
export { parseYaml } from './yaml-text.js'
export { type ConfigRow, configTable, explain, type ExplainedSetting } from './table.js'
