export { openStorage, type Storage, type StorageConfig } from './storage.js'
