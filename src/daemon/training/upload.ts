import { SnetError } from '../../shared/errors.js'
import type { TrainingAuthorization, UploadAndValidateRequest, UploadInput } from '../../shared/wire/index.js'
import { methodNamed, metadataOf } from './method-metadata.js'
import type { Model } from './model.js'
import { noAuthorization } from './refusals.js'
import { ownModel, type Training } from './training.js'

const UPLOAD = { name: 'upload_and_validate', takesUnified: false }
/** Of what is wrong with an authorization, in the words of this method. */
const UPLOAD_PREFIX = 'invalid request: no authorization provided: '

/** The model that an upload is for, whose owner must be the one who sends it. */
export const uploadedTo = (
  training: Training,
  { authorization, upload_input: input }: UploadAndValidateRequest,
): Promise<Model> =>
  ownModel(
    training,
    { ...(authorization && { authorization }), model_id: input?.model_id ?? '' },
    UPLOAD,
    UPLOAD_PREFIX,
  )

/** What an upload for the model may have: what the provider says of the method, and never more than the daemon takes. */
export function largestUpload({ methods, maxUploadBytes }: Training, model: Model): number {
  const { dataset_max_size_mb: mb = '0' } = metadataOf(methodNamed(methods.current, model.service, model.method))
  return mb === '0' ? maxUploadBytes : Math.min(maxUploadBytes, Number(mb) * 1024 * 1024)
}

/** Error: `rate-limited` for a file that says itself that it is too large. */
export function requireSize({ file_size: size = '0' }: UploadInput, maxBytes: number): void {
  if (BigInt(size) > BigInt(maxBytes)) throw tooLarge(maxBytes)
}

/**
 * The parts of one upload, each judged as it comes and handed on before the next is taken. Errors: `rate-limited` beyond
 * the bound, `invalid-request` for a part of another model, of `ownModel` for one that somebody else has signed.
 */
export async function* partsOf(
  training: Training,
  { model, maxBytes }: { readonly model: Model; readonly maxBytes: number },
  first: UploadAndValidateRequest,
  rest: AsyncIterable<UploadAndValidateRequest>,
): AsyncGenerator<UploadInput> {
  let bytes = 0
  for await (const { authorization, upload_input: input = {} } of withFirst(first, rest)) {
    if (!authorization) throw noAuthorization()
    if (input.model_id !== model.id) throw otherModel()
    // Clients sign once for all parts; an upload takes longer than a signature is good for.
    if (!isSame(authorization, first.authorization)) await uploadedTo(training, { authorization, upload_input: input })
    bytes += input.data?.length ?? 0
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    yield input
  }
}

async function* withFirst<Item>(first: Item, rest: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first
  yield* rest
}

const isSame = (one: TrainingAuthorization, other: TrainingAuthorization | undefined): boolean =>
  one.current_block === other?.current_block &&
  one.message === other?.message &&
  one.signer_address === other?.signer_address &&
  Buffer.compare(one.signature ?? new Uint8Array(), other?.signature ?? new Uint8Array()) === 0

const otherModel = (): SnetError =>
  new SnetError('invalid-request', 'invalid request: one upload has parts for several models', {
    hint: 'Each model has an upload of its own.',
  })

const tooLarge = (maxBytes: number): SnetError =>
  new SnetError('rate-limited', `the upload has more than the ${maxBytes} bytes that are taken for this model`, {
    hint: 'get_method_metadata tells what the provider takes; max_upload_size_in_mb of the daemon sets the limit for all.',
  })
