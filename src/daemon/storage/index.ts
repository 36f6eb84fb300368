export { FREE_CALLS, freeCallTable } from './free-calls.js'
export { readMarker } from './embedded/marker.js'
export type { SharedLayout, TableDefinition } from './table.js'
export { openStorage, type Storage, type StorageConfig } from './storage.js'
