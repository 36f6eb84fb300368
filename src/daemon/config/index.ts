export { type ConfigSources, type LoadedConfig, loadConfig } from './load.js'
export { CHAIN_IDS, type DaemonConfig, daemonSchema } from './schema.js'
export { type ConfigRow, configTable } from './table.js'
