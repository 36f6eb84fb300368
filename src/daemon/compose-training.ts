import { SnetError } from '../shared/errors.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import { type Live, partOf } from '../shared/live.js'
import type { OwnMethod, PaidMethod } from '../shared/wire/index.js'
import type { DaemonConfig } from '../settings/index.js'
import { ask, connectGrpcUpstream, type PaymentTable } from './gateway/index.js'
import type { ServiceContext } from './metadata/index.js'
import type { Log } from './observability/index.js'
import { createTrainingTable, type PaymentCounts } from './payment-kinds.js'
import type { PaymentsDeps } from './payments/index.js'
import { modelUpstreamConfig, trainingConfig } from './room-configs.js'
import type { Storage } from './storage/index.js'
import { tablesOf } from './stored-tables.js'
import { modelMethodsByService, noTrainingMethods, openTraining } from './training/index.js'

/** `training.Daemon` as this daemon has it. */
export interface Models {
  readonly methods: readonly (OwnMethod | PaidMethod)[]
  /** How those of them are paid for that are. */
  readonly payments: PaymentTable | undefined
  /** What is told of the methods that take a model, by their services; undefined where nothing is trained. */
  readonly trainable: Readonly<Record<string, readonly string[]>> | undefined
}

export interface ModelsDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly storage: Pick<Storage, 'table'>
  readonly metadata: Live<ServiceContext>
  readonly money: PaymentsDeps
  readonly counts: PaymentCounts
}

/** Where nothing is trained the methods are there all the same, and say so. */
export const withoutModels = (): Models => ({
  methods: noTrainingMethods(),
  payments: undefined,
  trainable: undefined,
})

/** Opens what stands before the half of a service that trains models. */
export async function openModels(config: DaemonConfig, deps: ModelsDeps): Promise<Models> {
  const { life, log, storage, metadata, money, counts } = deps
  if (metadata.current.serviceType === 'http')
    throw new SnetError('invalid-config', 'Training is not supported for HTTP services', {
      hint: 'Set model_training_enabled to false.',
    })
  const methods = partOf(metadata, ({ modelMethods }) => modelMethods)
  if (!methods.current.some(({ takesModel }) => takesModel)) {
    log.warn(
      'model_training_enabled is true, but no method of the service takes a training.ModelID: nothing is trained',
    )
    return withoutModels()
  }
  const upstream = await life.own('model service connection', connectGrpcUpstream(modelUpstreamConfig(config), { log }))
  const { organization, group } = metadata.current
  const tables = tablesOf({ organization, group: group.idText })
  const training = await life.own(
    'training',
    openTraining(trainingConfig(config, metadata.current), {
      ask: (path, messages, options) => ask(upstream, path, messages, options),
      table: storage.table(tables.models),
      blocks: money.blocks,
      methods,
      log,
    }),
  )
  return {
    methods: training.methods,
    payments: createTrainingTable(money, counts),
    trainable: modelMethodsByService(methods.current),
  }
}
