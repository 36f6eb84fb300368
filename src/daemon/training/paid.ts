import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import { SnetError } from '../../shared/errors.js'
import type { Cogs } from '../../shared/units.js'
import {
  type AuthValidateRequest,
  type CallContext,
  type CommonRequest,
  HEADER,
  type Offer,
  type OwnMethod,
  type PaidMethod,
  type PriceInBaseUnit,
  type StatusResponse,
  unaryMethod,
  type UploadAndValidateRequest,
} from '../../shared/wire/index.js'
import { isAtWork, type Model, type ModelStatus, withStatus } from './model.js'
import { serviceIssue, tooLong } from './refusals.js'
import { ownModel, type Training } from './training.js'
import { largestUpload, partsOf, requireSize, uploadedTo } from './upload.js'

/** The work on models, which is paid for, and what it costs (snet-wire 1.6). */
export const paidMethods = (training: Training, service: ServiceDefinition): (OwnMethod | PaidMethod)[] => [
  unaryMethod(
    service['validate_model_price'] as MethodDefinition<AuthValidateRequest, PriceInBaseUnit>,
    async (request, { signal }) => {
      const model = await ownModel(training, request, { name: 'validate_model_price', takesUnified: true })
      return toPrice(await validationPrice(training, model, request.training_data_link, signal))
    },
  ),
  unaryMethod(
    service['train_model_price'] as MethodDefinition<CommonRequest, PriceInBaseUnit>,
    async (request, { signal }) => {
      const model = await ownModel(training, request, { name: 'train_model_price', takesUnified: true })
      return toPrice(await trainingPrice(training, model, signal))
    },
  ),
  paidMethod(service['validate_model'], (request: AuthValidateRequest, context) =>
    offerValidation(training, request, context),
  ),
  paidMethod(service['train_model'], (request: CommonRequest, context) => offerTraining(training, request, context)),
  paidMethod(service['upload_and_validate'], (first: UploadAndValidateRequest, context) =>
    offerUpload(training, first, context),
  ),
]

function paidMethod<Request>(
  definition: MethodDefinition<object, object> | undefined,
  offer: (first: Request, context: CallContext) => Promise<Offer<Request, StatusResponse>>,
): PaidMethod {
  const { path, requestStream, requestDeserialize, responseSerialize } = definition as unknown as MethodDefinition<
    Request,
    StatusResponse
  >
  const method: PaidMethod<Request, StatusResponse> = {
    ...{ path, requestStream, decode: requestDeserialize, encode: responseSerialize, offer },
  }
  return method
}

const toPrice = (price: Cogs): PriceInBaseUnit => ({ price: String(price) })

/** What the service asks at this moment for exactly what the call would do: no price is kept that could be another's. */
const validationPrice = ({ provider }: Training, { id }: Model, link = '', signal: AbortSignal): Promise<Cogs> =>
  provider.validationPrice({ model_id: id, training_data_link: link }, signal).catch(asServiceIssue)

const trainingPrice = ({ provider }: Training, { id }: Model, signal: AbortSignal): Promise<Cogs> =>
  provider.trainingPrice(id, signal).catch(asServiceIssue)

const MAX_LINK = 2_000

async function offerValidation(
  training: Training,
  request: AuthValidateRequest,
  context: CallContext,
): Promise<Offer<AuthValidateRequest, StatusResponse>> {
  const { signal } = context
  const { training_data_link: link = '' } = request
  const model = await ownModel(training, request, { name: 'validate_model', takesUnified: false })
  requireModelHeader(context, model, UNARY)
  if (link.length > MAX_LINK) throw tooLong('training_data_link', link.length, MAX_LINK)
  return {
    price: await validationPrice(training, model, link, signal),
    async work() {
      const asked = { model_id: model.id, training_data_link: link }
      const status = await training.provider.validate(asked, signal).catch(asServiceIssue)
      return await keep(training, model, status, { dataLink: link })
    },
  }
}

async function offerTraining(
  training: Training,
  request: CommonRequest,
  context: CallContext,
): Promise<Offer<CommonRequest, StatusResponse>> {
  const { signal } = context
  const model = await ownModel(training, request, { name: 'train_model', takesUnified: false })
  requireModelHeader(context, model, UNARY)
  return {
    price: await trainingPrice(training, model, signal),
    work: async () => keep(training, model, await training.provider.train(model.id, signal).catch(asServiceIssue)),
  }
}

async function offerUpload(
  training: Training,
  first: UploadAndValidateRequest,
  context: CallContext,
): Promise<Offer<UploadAndValidateRequest, StatusResponse>> {
  const { signal } = context
  const model = await uploadedTo(training, first)
  requireModelHeader(context, model, STREAM)
  const maxBytes = largestUpload(training, model)
  requireSize(first.upload_input ?? {}, maxBytes)
  return {
    price: await validationPrice(training, model, '', signal),
    async work(rest) {
      // What is wrong with the client's parts is no issue with the service.
      const refusal: { reason?: unknown } = {}
      const parts = noting(refusal, partsOf(training, { model, maxBytes }, first, rest))
      const status = await training.provider.upload(parts, signal).catch((fault: unknown) => {
        throw refusal.reason ?? serviceIssue(fault)
      })
      return await keep(training, model, status)
    },
  }
}

async function* noting<Item>(refusal: { reason?: unknown }, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items
  } catch (reason) {
    refusal.reason = reason
    throw reason
  }
}

/** The work is done, whoever still waits for it: the record follows, and the payment after it. */
async function keep(
  { models, watch, now }: Training,
  { id, creator }: Model,
  status: ModelStatus,
  changes: Partial<Model> = {},
): Promise<StatusResponse> {
  const updated = { ...changes, updatedAt: now().toISOString(), updatedBy: creator }
  const changed = await models.change(id, (model) => ({ ...withStatus(model, status), ...updated }))
  if (isAtWork(changed)) watch.watch(id)
  return { status }
}

const UNARY = 'internal error: [trainUnaryValidator] no training model found'
const STREAM = 'internal error: no training model found'

/** Price and work are of the model in the message, so that in the header has to be the same one. */
function requireModelHeader({ metadata }: CallContext, { id }: Model, missing: string): void {
  const [named = '', ...more] = metadata.all(HEADER.trainModelId)
  if (named === '') throw new SnetError('invalid-request', missing, { hint: `Send ${HEADER.trainModelId}.` })
  if (named === id && more.length === 0) return
  throw new SnetError('invalid-request', `${HEADER.trainModelId} names another model than the request`)
}

function asServiceIssue(fault: unknown): never {
  throw serviceIssue(fault)
}
