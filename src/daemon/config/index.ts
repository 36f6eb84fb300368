export { writeConfigFile } from './init.js'
export { type ConfigSources, findSettings, type FoundSettings, type LoadedConfig, loadConfig } from './load.js'
export { type DaemonConfig, daemonSchema } from './schema.js'
export { type ConfigRow, configTable, explain, type ExplainedSetting } from './table.js'
