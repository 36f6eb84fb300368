import { createProtoArchive } from '../../src/content/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { registerAnother } from './another-service.js'
import { type StartedGate, startGate } from './gates.js'
import { ModelService } from './model-service.js'
import { paymentHeaders } from './payer.js'
import { residentMiB } from './process-facts.js'
import { type TrainingAnswer, TrainingClient } from './training-client.js'

const SERVICE = 'LearningSvc'
const PROTO = `syntax = "proto3"; package learn; import "training.proto";
  message Sound { training.ModelID model_id = 1; bytes data = 2; }
  service Ear { rpc stt(Sound) returns (Sound) { option (training.dataset_max_size_mb) = 4000; } }`

/** A built daemon in front of a service that trains models, registered on a network's chain. */
export interface TrainingGate extends AsyncDisposable {
  readonly provider: ModelService
  readonly gate: StartedGate
  readonly client: TrainingClient
  /** Headers that pay so much in all for work on a model, on the network's channel. */
  payFor(model: string, amount: bigint): Record<string, string | Buffer>
  authorization(message: string): Promise<object>
  createModel(): Promise<string>
  /** Uploads so many MiB, in messages of one, and tells what the daemon held of them meanwhile. */
  upload(model: string, mib: number, amount: bigint): Promise<{ answer: TrainingAnswer; memory: number[] }>
}

export async function startTrainingGate(network: Network): Promise<TrainingGate> {
  await registerAnother(network, SERVICE, (published) => withProto(published, network))
  await using life = new Lifecycle()
  const provider = await life.own('provider', ModelService.start())
  const gate = await life.own(
    'gate',
    startGate(network, 'learning', {
      service_id: SERVICE,
      model_training_enabled: true,
      model_maintenance_endpoint: provider.url.href,
    }),
  )
  const [host, port] = gate.endpoint.split(':') as [string, string]
  const client = new TrainingClient({ host, port: Number(port) }, Buffer.from(network.client.key.slice(2), 'hex'))
  const pid = (await gate.status()).pid ?? 0
  const owned = life.release()
  const payFor = (model: string, amount: bigint) => ({
    ...(paymentHeaders(network, { channel: network.channel, amount }) as Record<string, string>),
    'snet-payment-type': 'train-call',
    'snet-train-model-id': model,
  })
  const authorization = async (message: string) =>
    client.signed(message, BigInt(await network.provider.getBlockNumber()))
  return {
    provider,
    gate,
    client,
    payFor: (model, amount) => withBuffers(payFor(model, amount)),
    authorization,
    async createModel() {
      const model = { name: 'ear', grpc_method_name: 'stt', grpc_service_name: 'Ear' }
      const request = { authorization: await authorization('create_model'), model }
      const { message, details } = await client.ask('create_model', request)
      if (typeof message['model_id'] !== 'string') throw new Error(details)
      return message['model_id']
    },
    async upload(model, mib, amount) {
      const signed = await authorization('upload_and_validate')
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
      const answer = await client.upload(parts(), { headers: withBuffers(payFor(model, amount)) })
      return { answer, memory }
    },
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]()
      await owned[Symbol.asyncDispose]()
    },
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
