import type { Address } from '../../shared/units.js'
import type { AllModelsRequest } from '../../shared/wire/index.js'
import type { Model } from './model.js'

/** An answer has to fit into what clients take; who has more models asks page by page. */
const MAX_MODELS = 500
/** Records looked at before others have their turn. */
const AT_ONCE = 200

/**
 * The models that somebody may use and asks for (snet-behaviour 3.8): his own and those shared with him first, then the
 * public ones, the oldest of each first. Deleted ones are there for who asks for them by their status.
 */
export async function listModels(
  models: AsyncIterable<Model>,
  caller: Address,
  request: AllModelsRequest,
): Promise<Model[]> {
  const matches = matcherOf(request)
  const found: Model[] = []
  let seen = 0
  for await (const model of models) {
    if (++seen % AT_ONCE === 0) await new Promise((done) => setImmediate(done))
    if ((model.isPublic || model.access.includes(caller)) && matches(model)) found.push(model)
  }
  return pageOf(found.sort(inOrder), request)
}

function matcherOf(request: AllModelsRequest): (model: Model) => boolean {
  const { statuses = [], is_public: isPublic, name = '', created_by_address: creator = '' } = request
  const { grpc_method_name: method = '', grpc_service_name: service = '' } = request
  const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase())
  return (model) =>
    (isPublic === undefined || model.isPublic === isPublic) &&
    (statuses.length === 0 ? model.status !== 'DELETED' : statuses.includes(model.status)) &&
    holds(model.name, name) &&
    holds(model.creator, creator) &&
    model.method.includes(method) &&
    model.service.includes(service)
}

const inOrder = (a: Model, b: Model): number =>
  Number(a.isPublic) - Number(b.isPublic) || compare(a.createdAt, b.createdAt) || compare(a.id, b.id)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Pages count from 0. Their numbers are 64 bits wide: beyond the last page there is nothing. */
function pageOf(models: readonly Model[], { page = '0', page_size: size = '0' }: AllModelsRequest): Model[] {
  if (page === '0' && size === '0') return models.slice(0, MAX_MODELS)
  const length = Math.min(Number(size) || 1, MAX_MODELS)
  const start = BigInt(page) * BigInt(length)
  return start < BigInt(models.length) ? models.slice(Number(start), Number(start) + length) : []
}
