export type { TableDefinition } from './table.js'
export { openStorage, type Storage, type StorageConfig } from './storage.js'
