export { compareExports } from './compare.js'
export { writeExport } from './export-file.js'
export type { ExportHead } from './export-text.js'
export { type ExportFile, findPlace, findTarget, type StorePlace } from './place.js'
export { Passing } from './progress.js'
export { renderComparison, renderExport, renderFaults } from './render.js'
export { type Incoming, type Reached, StorageCommand } from './storage-command.js'
export { MergingCommand } from './merging-command.js'
export {
  comparisonView,
  type ComparisonView,
  exportView,
  type ExportView,
  type FaultView,
  faultView,
  type ImportView,
} from './views.js'
