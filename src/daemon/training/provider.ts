import type { MethodDefinition } from '@grpc/grpc-js'
import { SnetError } from '../../shared/errors.js'
import { type Cogs, cogs } from '../../shared/units.js'
import {
  loadTrainingModel,
  type ModelID,
  type NewModel,
  type PriceInBaseUnit,
  type StatusResponse,
  type UploadInput,
  type ValidateRequest,
} from '../../shared/wire/index.js'
import { isModelId, isModelStatus, type ModelStatus } from './model.js'

/** Asks one method of the service that answers once, message for message. Errors are SnetErrors. */
export type AskService = (
  path: string,
  messages: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
) => Promise<Buffer>

export interface ProviderLimits {
  /** What is only asked for is known at once. */
  readonly questionMs: number
  readonly workMs: number
  readonly uploadMs: number
}

/** The service that has the models (snet-wire 1.6, `training.Model`). Whatever it answers is judged here. */
export interface Provider {
  createModel(model: NewModel, signal: AbortSignal): Promise<string>
  validationPrice(request: ValidateRequest, signal: AbortSignal): Promise<Cogs>
  trainingPrice(id: string, signal: AbortSignal): Promise<Cogs>
  upload(inputs: AsyncIterable<UploadInput>, signal: AbortSignal): Promise<ModelStatus>
  validate(request: ValidateRequest, signal: AbortSignal): Promise<ModelStatus>
  train(id: string, signal: AbortSignal): Promise<ModelStatus>
  delete(id: string, signal: AbortSignal): Promise<void>
  statusOf(id: string, signal: AbortSignal): Promise<ModelStatus>
}

export function createProvider(ask: AskService, { questionMs, workMs, uploadMs }: ProviderLimits): Provider {
  const service = loadTrainingModel().service
  const call =
    <Request, Reply>(name: string, timeoutMs: number) =>
    async (requests: AsyncIterable<Request> | Iterable<Request>, signal: AbortSignal): Promise<Reply> => {
      const { path, requestSerialize, responseDeserialize } = service[name] as MethodDefinition<Request, Reply>
      const answer = await ask(path, serialized(requests, requestSerialize), { timeoutMs, signal })
      return decode(answer, responseDeserialize)
    }
  const create = call<NewModel, ModelID>('create_model', questionMs)
  const validationPrice = call<ValidateRequest, PriceInBaseUnit>('validate_model_price', questionMs)
  const trainingPrice = call<ModelID, PriceInBaseUnit>('train_model_price', questionMs)
  const upload = call<UploadInput, StatusResponse>('upload_and_validate', uploadMs)
  const validate = call<ValidateRequest, StatusResponse>('validate_model', workMs)
  const train = call<ModelID, StatusResponse>('train_model', workMs)
  const remove = call<ModelID, StatusResponse>('delete_model', questionMs)
  const status = call<ModelID, StatusResponse>('get_model_status', questionMs)
  return {
    createModel: async (model, signal) => idIn(await create([model], signal)),
    validationPrice: async (request, signal) => priceIn(await validationPrice([request], signal)),
    trainingPrice: async (id, signal) => priceIn(await trainingPrice([{ model_id: id }], signal)),
    upload: async (inputs, signal) => statusIn(await upload(inputs, signal)),
    validate: async (request, signal) => statusIn(await validate([request], signal)),
    train: async (id, signal) => statusIn(await train([{ model_id: id }], signal)),
    async delete(id, signal) {
      await remove([{ model_id: id }], signal)
    },
    statusOf: async (id, signal) => statusIn(await status([{ model_id: id }], signal)),
  }
}

async function* serialized<Request>(
  requests: AsyncIterable<Request> | Iterable<Request>,
  serialize: (request: Request) => Buffer,
): AsyncGenerator<Buffer> {
  for await (const request of requests) yield serialize(request)
}

function decode<Reply>(bytes: Buffer, deserialize: (bytes: Buffer) => Reply): Reply {
  try {
    return deserialize(bytes)
  } catch {
    throw garbage('what is no message of training.proto')
  }
}

function idIn({ model_id: id = '' }: ModelID): string {
  if (id === '') throw new SnetError('upstream-failed', "invalid request: model id can't be empty")
  if (!isModelId(id)) throw garbage('a model id that is longer than 200 characters, or not plain ASCII')
  return id
}

const priceIn = ({ price = '0' }: PriceInBaseUnit): Cogs => cogs(BigInt(price))

function statusIn({ status = 'CREATED' }: StatusResponse): ModelStatus {
  if (isModelStatus(status)) return status
  throw garbage(`the unknown status ${String(status)}`)
}

const garbage = (what: string): SnetError => new SnetError('upstream-failed', `the service answered ${what}`)
