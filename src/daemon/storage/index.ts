export { FREE_CALLS } from './free-calls.js'
export type { TableDefinition } from './table.js'
export { openStorage, type Storage, type StorageConfig } from './storage.js'
