export { type DataDir, type DataDirConfig, openDataDir } from './data-dir.js'
export type { StoreIdentity } from './marker.js'
export { openStorage, type Storage, type StorageConfig } from './storage.js'
