export { type ModelMethod, modelMethodsByService } from './method-metadata.js'
export { modelMoves } from './moves.js'
export {
  noTrainingMethods,
  openTraining,
  type TrainingConfig,
  type TrainingDeps,
  type TrainingService,
} from './open.js'
export type { AskService } from './provider.js'
export { type ModelPlace, sharedModelTable } from './shared-models.js'
