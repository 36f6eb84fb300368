export { createKeptStore, type KeptStoreDeps } from './kept-store.js'
export { type MovedTable, movedTable, type MovingRules } from './moved-table.js'
