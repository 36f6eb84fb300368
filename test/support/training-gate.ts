import { createProtoArchive } from '../../src/content/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import type { TlsPair } from '../../src/shared/tls-files.js'
import type { TrainingAuthorization } from '../../src/shared/wire/index.js'
import { registerAnother } from './another-service.js'
import { type StartedGate, startGate } from './gates.js'
import { ModelService } from './model-service.js'
import { paymentHeaders } from './payer.js'
import { residentMiB } from './process-facts.js'
import { type TrainingAnswer, TrainingClient } from './training-client.js'

const PROTO = `syntax = "proto3"; package learn; import "training.proto";
  message Sound { training.ModelID model_id = 1; bytes data = 2; }
  service Ear {
    rpc stt(Sound) returns (Sound) { option (training.dataset_max_size_mb) = 4000; }
  }`

/** A built daemon in front of a service that trains models, registered on a network's chain. */
export interface TrainingGate extends AsyncDisposable {
  readonly provider: ModelService
  /** The daemon that is running, and one who asks it. */
  readonly gate: StartedGate
  readonly client: TrainingClient
  /** Ends the daemon at once. */
  kill(): Promise<void>
  /** Starts another on what it left. */
  start(): Promise<void>
  /** Headers that pay so much in all for work on a model, on the network's channel. */
  payFor(model: string, amount: bigint): Record<string, string | Buffer>
  authorization(message: string): Promise<TrainingAuthorization>
  createModel(changes?: object): Promise<string>
  /** Uploads so many MiB, in messages of one, and tells what the daemon held of them meanwhile. */
  upload(model: string, mib: number, amount: bigint): Promise<{ answer: TrainingAnswer; memory: number[] }>
}

export interface TrainingGateOptions {
  /** Under which it is registered, once on a network. */
  readonly service?: string
  /** What the service shows where it is spoken to over TLS. */
  readonly tls?: TlsPair
  /** Added to what the service's address is. */
  readonly path?: string
  /** Of the daemon, beside its own. */
  readonly env?: Readonly<Record<string, string>>
}

export async function startTrainingGate(
  network: Network,
  { service = 'LearningSvc', tls, path = '', env }: TrainingGateOptions = {},
): Promise<TrainingGate> {
  await registerAnother(network, service, (published) => withProto(published, network))
  await using life = new Lifecycle()
  const provider = await life.own('provider', ModelService.start(tls))
  const running = await life.own('gate', await Running.open(network, { service, path, env, provider }))
  const owned = life.release()
  const payFor = (model: string, amount: bigint) => ({
    ...(paymentHeaders(network, { channel: network.channel, amount }) as Record<string, string>),
    'snet-payment-type': 'train-call',
    'snet-train-model-id': model,
  })
  const authorization = async (message: string) =>
    running.client.signed(message, BigInt(await network.provider.getBlockNumber()))
  return {
    provider,
    get gate() {
      return running.gate
    },
    get client() {
      return running.client
    },
    kill: () => running.kill(),
    start: () => running.start(),
    payFor: (model, amount) => withBuffers(payFor(model, amount)),
    authorization,
    async createModel(changes = {}) {
      const model = { name: 'ear', grpc_method_name: 'stt', grpc_service_name: 'Ear', ...changes }
      const request = { authorization: await authorization('create_model'), model }
      const { message, details } = await running.client.ask('create_model', request)
      if (typeof message['model_id'] !== 'string') throw new Error(details)
      return message['model_id']
    },
    async upload(model, mib, amount) {
      const signed = await authorization('upload_and_validate')
      const pid = (await running.gate.status()).pid ?? 0
      const memory = [await residentMiB(pid)]
      const data = Buffer.alloc(2 ** 20, 7)
      const parts = async function* () {
        for (let number = 1; number <= mib; number++) {
          yield {
            authorization: signed,
            upload_input: { model_id: model, data, batch_number: number, batch_count: mib },
          }
          if (number % 8 === 0) memory.push(await residentMiB(pid))
        }
      }
      const answer = await running.client.upload(parts(), { headers: withBuffers(payFor(model, amount)) })
      return { answer, memory }
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

interface RunningOptions extends Pick<TrainingGateOptions, 'path' | 'env'> {
  readonly service: string
  readonly provider: ModelService
}

/** The daemon of now, which may be killed and started again, and a client of it. */
class Running implements AsyncDisposable {
  gate!: StartedGate
  client!: TrainingClient
  readonly #network: Network
  readonly #options: RunningOptions

  private constructor(network: Network, options: RunningOptions) {
    this.#network = network
    this.#options = options
  }

  static async open(network: Network, options: RunningOptions): Promise<Running> {
    const running = new Running(network, options)
    await running.start()
    return running
  }

  async kill(): Promise<void> {
    const { process, ended } = this.gate.child
    process.kill('SIGKILL')
    await ended
    this.client[Symbol.dispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client[Symbol.dispose]()
    await this.gate[Symbol.asyncDispose]()
  }

  async start(): Promise<void> {
    const { service, path = '', env, provider } = this.#options
    const settings = {
      service_id: service,
      model_training_enabled: true,
      model_maintenance_endpoint: provider.url.origin + path,
    }
    this.gate = await startGate(this.#network, service, settings, env)
    const [host, port] = this.gate.endpoint.split(':') as [string, string]
    this.client = new TrainingClient(
      { host, port: Number(port) },
      Buffer.from(this.#network.client.key.slice(2), 'hex'),
    )
  }
}

const withBuffers = (headers: Readonly<Record<string, string | Uint8Array>>): Record<string, string | Buffer> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : Buffer.from(value)]),
  )

/** Other proto files for the same service. */
async function withProto(published: object, { metadata }: Network): Promise<object> {
  return {
    ...published,
    service_api_source: await metadata.publish(await createProtoArchive({ 'learn.proto': PROTO })),
  }
}
