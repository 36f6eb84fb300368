import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import {
  loadTrainingDaemon,
  type MethodMetadata,
  type MethodMetadataRequest,
  type OwnMethod,
  type PaidMethod,
  type TrainingMetadata,
  unaryMethod,
} from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import type { Blocks, RecordTable } from '../payments/ports.js'
import { managingMethods } from './manage.js'
import { methodMetadata, type ModelMethod, trainingMetadata } from './method-metadata.js'
import type { Model } from './model.js'
import { Models } from './models.js'
import { paidMethods } from './paid.js'
import { type AskService, createProvider, type ProviderLimits } from './provider.js'
import { StatusWatch } from './status-watch.js'
import type { Training } from './training.js'

export interface TrainingConfig {
  /** As registered; the group by its id in base64. */
  readonly identity: Training['identity']
  readonly limits: ProviderLimits
  readonly maxUploadBytes: number
  /** How often the service is asked about a model that it works on. */
  readonly statusIntervalMs: number
}

export interface TrainingDeps {
  readonly ask: AskService
  readonly table: RecordTable<Model>
  readonly blocks: Blocks
  readonly methods: Live<readonly ModelMethod[]>
  readonly log: Log
}

export interface TrainingService extends AsyncDisposable {
  readonly methods: readonly (OwnMethod | PaidMethod)[]
}

const LONGEST_WAIT_MS = 5 * 60_000

/** `training.Daemon` before a service that trains models. */
export function openTraining(
  { identity, limits, maxUploadBytes, statusIntervalMs }: TrainingConfig,
  { ask, table, blocks, methods, log }: TrainingDeps,
): TrainingService {
  const models = new Models(table, identity.service)
  const provider = createProvider(ask, limits)
  const watch = new StatusWatch({ models, provider, log }, { intervalMs: statusIntervalMs, longestMs: LONGEST_WAIT_MS })
  const now = (): Date => new Date()
  const training: Training = { blocks, models, provider, watch, identity, methods, maxUploadBytes, now }
  const { service } = loadTrainingDaemon()
  const all = [
    ...managingMethods(training, service),
    ...paidMethods(training, service),
    ...describingMethods(training, service),
  ]
  return {
    methods: all.map(withBounds),
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  }
}

/** What everybody may ask. */
const describingMethods = (training: Training, service: ServiceDefinition): OwnMethod[] => [
  unaryMethod(service['get_training_metadata'] as MethodDefinition<object, TrainingMetadata>, () =>
    trainingMetadata(training.methods.current),
  ),
  unaryMethod(service['get_method_metadata'] as MethodDefinition<MethodMetadataRequest, MethodMetadata>, (request) =>
    methodMetadata({ models: training.models, methods: training.methods.current }, request),
  ),
]

const withBounds = <Method extends OwnMethod | PaidMethod>(method: Method): Method => ({
  ...method,
  bounds: method.requestStream ? 'uploads' : 'training',
})

/** The same methods where nothing is trained: each of them says so. */
export function noTrainingMethods(): OwnMethod[] {
  const refuse = (): never => {
    throw new SnetError(
      'wrong-state',
      'service end point is not defined or is invalid , please contact the AI developer',
      { hint: 'The provider has not switched training on.' },
    )
  }
  return Object.values(loadTrainingDaemon().service).map(({ path, requestStream }) =>
    withBounds({
      path,
      requestStream,
      decode: (bytes: Buffer) => bytes,
      encode: refuse,
      // Whatever was sent.
      async *answer() {
        yield refuse()
      },
    }),
  )
}
