import {
  ask,
  connectGrpcUpstream,
  type Gateway,
  type OwnBounds,
  parseEscrow,
  paymentKind,
  paymentTable,
  startGateway,
} from '../../../../src/daemon/gateway/index.js'
import { createHealth } from '../../../../src/daemon/observability/index.js'
import { reserveEscrow } from '../../../../src/daemon/payments/index.js'
import { createMemoryRecords } from '../../../../src/daemon/storage/memory/memory-records.js'
import type { RecordStore } from '../../../../src/daemon/storage/record-store.js'
import { OwnedTables } from '../../../../src/daemon/storage/owned-tables.js'
import {
  type ModelMethod,
  noTrainingMethods,
  openTraining,
  sharedModelTable,
  type TrainingConfig,
} from '../../../../src/daemon/training/index.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { live } from '../../../../src/shared/live.js'
import { echoMethods } from '../../../support/echo-service.js'
import { aGatewayConfig, DATA_PLANE, someOwnBounds, somePoolLimits } from '../../../support/gateway-config.js'
import { ModelService } from '../../../support/model-service.js'
import { quietLog } from '../../../support/quiet-log.js'
import { TrainingClient } from '../../../support/training-client.js'
import { signedBy, signer, World } from '../../../unit/daemon/payments/world.js'

export const METHODS: ModelMethod[] = [
  {
    service: 'learn.Ear',
    name: 'stt',
    takesModel: true,
    options: { default_model_id: 'first', dataset_max_size_mb: 3 },
  },
  { service: 'learn.Ear', name: 'mute', takesModel: false, options: { dataset_type: 'zip' } },
  { service: 'other.Ear', name: 'tts', takesModel: true, options: { max_models_per_user: -1 } },
]

export interface HarnessOptions {
  readonly uploads?: Partial<OwnBounds>
  readonly config?: Partial<TrainingConfig>
  /** Nothing is trained. */
  readonly isOff?: boolean
  /** Where the service is, if it is not where it listens. */
  readonly url?: URL
  /** What a daemon before this one has kept. */
  readonly records?: RecordStore
  readonly pause?: { isPaused: boolean }
}

export interface Harness extends AsyncDisposable {
  readonly provider: ModelService
  /** What is paid with: channel 7, under nonce 3. */
  readonly world: World
  readonly gateway: Gateway
  readonly owner: TrainingClient
  readonly stranger: TrainingClient
  /** A model of the owner's, who has it from the service. */
  createModel(changes?: object): Promise<string>
}

/** The gate before a service that trains models, with the rules of money and a chain and a store in memory. */
export async function openHarness(options: HarnessOptions = {}): Promise<Harness> {
  const { uploads, config, isOff, url, records = createMemoryRecords(), pause = { isPaused: false } } = options
  const life = new Lifecycle()
  const log = quietLog()
  const world = new World()
  const provider = await life.own('provider', ModelService.start())
  const tables = new OwnedTables(records)
  await life.own('tables', tables)
  const limits = { maxMessageBytes: 4 * 1024 * 1024, stallMs: 10_000, limits: somePoolLimits() }
  const upstream = await life.own(
    'upstream',
    connectGrpcUpstream(
      { endpoint: url ?? provider.url, encoding: 'proto', dataPlane: DATA_PLANE, ...limits },
      { log },
    ),
  )
  const training = await life.own(
    'training',
    openTraining(
      {
        identity: { organization: 'org', service: 'svc', group: 'Z3JvdXA=' },
        limits: { questionMs: 2_000, workMs: 2_000, uploadMs: 60_000 },
        maxUploadBytes: 16 * 1024 * 1024,
        statusIntervalMs: 20,
        ...config,
      },
      {
        ask: (path, messages, options) => ask(upstream, path, messages, options),
        table: tables.table(sharedModelTable({ organization: 'org', group: 'Z3JvdXA=' })),
        blocks: world.deps.blocks,
        methods: live(METHODS),
        log,
      },
    ),
  )
  const own = isOff ? noTrainingMethods() : training.methods
  const reserve = reserveEscrow.bind(undefined, world.deps)
  const gateway = await life.own(
    'gateway',
    startGateway(aGatewayConfig({ uploads: someOwnBounds(uploads) }), {
      payments: undefined,
      ownPayments: paymentTable([paymentKind({ types: ['train-call', 'escrow'], parse: parseEscrow, reserve })]),
      upstream,
      own: new Map(own.map((method) => [method.path, method])),
      methods: live(echoMethods),
      pause,
      health: createHealth(),
      pages: new Map(),
      log,
    }),
  )
  const owner = new TrainingClient(gateway.address, 0x11)
  const stranger = new TrainingClient(gateway.address, 0x22)
  return {
    provider,
    world,
    gateway,
    owner,
    stranger,
    async createModel(changes = {}) {
      const model = { name: 'ear', grpc_method_name: 'stt', grpc_service_name: 'learn.Ear', ...changes }
      const authorization = owner.signed('create_model', world.block)
      const { message, details } = await owner.ask('create_model', { authorization, model })
      if (typeof message['model_id'] !== 'string') throw new Error(details)
      return message['model_id']
    },
    async [Symbol.asyncDispose]() {
      for (const client of [owner, stranger]) client[Symbol.dispose]()
      await life[Symbol.asyncDispose]()
    },
  }
}

/** Headers that pay so much in all for work on a model. */
export const payFor = (model: string, amount: bigint | number): Record<string, string | Buffer> => ({
  'snet-payment-type': 'train-call',
  'snet-train-model-id': model,
  'snet-payment-channel-id': '7',
  'snet-payment-channel-nonce': '3',
  'snet-payment-channel-amount': String(amount),
  'snet-payment-channel-signature-bin': Buffer.from(signedBy(signer)),
})
