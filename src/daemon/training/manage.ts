import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import { toAddress } from '../../ethereum/index.js'
import type { Address } from '../../shared/units.js'
import {
  type AllModelsRequest,
  type CallContext,
  type CommonRequest,
  type ModelResponse,
  type ModelsResponse,
  type NewModelRequest,
  type OwnMethod,
  type StatusResponse,
  unaryMethod,
  type UpdateModelRequest,
} from '../../shared/wire/index.js'
import { listModels } from './list-models.js'
import { isAtWork, type Model } from './model.js'
import {
  badAuthorization,
  failedCreation,
  failedDeletion,
  failedStatus,
  inaccessible,
  noAccess,
  noModelId,
  noNames,
  notOwner,
  tooLong,
} from './refusals.js'
import { callerOf, ownModel, type Training } from './training.js'
import { toModelResponse } from './model-response.js'

/** The methods about models that cost nothing (snet-wire 1.6). */
export const managingMethods = (training: Training, service: ServiceDefinition): OwnMethod[] => [
  unaryMethod(
    service['create_model'] as MethodDefinition<NewModelRequest, ModelResponse>,
    async (request, { signal }) => toModelResponse(await createModel(training, request, signal)),
  ),
  unaryMethod(service['get_model'] as MethodDefinition<CommonRequest, ModelResponse>, async (request, context) =>
    toModelResponse(await getModel(training, request, context)),
  ),
  unaryMethod(service['get_all_models'] as MethodDefinition<AllModelsRequest, ModelsResponse>, async (request) => ({
    list_of_models: (await getAllModels(training, request)).map(toModelResponse),
  })),
  unaryMethod(service['update_model'] as MethodDefinition<UpdateModelRequest, ModelResponse>, async (request) =>
    toModelResponse(await updateModel(training, request)),
  ),
  unaryMethod(
    service['delete_model'] as MethodDefinition<CommonRequest, StatusResponse>,
    async (request, { signal }) => {
      await deleteModel(training, request, signal)
      return { status: 'DELETED' as const }
    },
  ),
]

/** Bounds of what is kept of a model, since everybody who lists models is sent it. */
const MAX = { name: 200, description: 2_000, names: 200, addresses: 100 }

async function createModel(
  training: Training,
  { authorization, model = {} }: NewModelRequest,
  signal: AbortSignal,
): Promise<Model> {
  const method = { name: 'create_model', takesUnified: false }
  const creator = await callerOf(training, authorization, method, badAuthorization)
  const { name = '', description = '', grpc_method_name = '', grpc_service_name = '', is_public = false } = model
  if (grpc_method_name === '' || grpc_service_name === '') throw noNames()
  requireLength('grpc_method_name', grpc_method_name, MAX.names)
  requireLength('grpc_service_name', grpc_service_name, MAX.names)
  requireTexts(name, description)
  const access = accessOf(model.address_list ?? [], creator)
  const { organization, service, group } = training.identity
  const wanted = { name, description, grpc_method_name, grpc_service_name, is_public, address_list: access }
  const toService = { ...wanted, organization_id: organization, service_id: service, group_id: group }
  const id = await training.provider.createModel(toService, signal).catch((fault: unknown) => {
    throw failedCreation(fault)
  })
  const now = training.now().toISOString()
  const created: Model = {
    ...{ id, name, description, creator, access },
    ...{ method: grpc_method_name, service: grpc_service_name, isPublic: is_public, status: 'CREATED', dataLink: '' },
    ...{ createdAt: now, updatedAt: now, updatedBy: creator },
  }
  await training.models.add(created)
  return created
}

async function getModel(training: Training, request: CommonRequest, { signal }: CallContext): Promise<Model> {
  const method = { name: 'get_model', takesUnified: true }
  const caller = await callerOf(training, request.authorization, method, badAuthorization)
  const model = await usableModel(training, caller, request.model_id)
  if (model.status === 'DELETED') return model
  const status = await training.provider.statusOf(model.id, signal).catch((fault: unknown) => {
    throw failedStatus(fault)
  })
  const changed = await training.models.setStatus(model.id, status)
  if (isAtWork(changed)) training.watch.watch(model.id)
  return changed
}

async function getAllModels(training: Training, request: AllModelsRequest): Promise<Model[]> {
  const method = { name: 'get_all_models', takesUnified: true }
  const caller = await callerOf(training, request.authorization, method, badAuthorization)
  return await listModels(training.models.list(), caller, request)
}

async function updateModel(training: Training, request: UpdateModelRequest): Promise<Model> {
  const method = { name: 'update_model', takesUnified: false }
  const caller = await callerOf(training, request.authorization, method, inaccessible)
  const model = await usableModel(training, caller, request.model_id)
  if (model.creator !== caller) throw notOwner()
  const { model_name: name = '', description = '', address_list: addresses = [] } = request
  requireTexts(name, description)
  const access = addresses.length > 0 ? accessOf(addresses, caller) : undefined
  const updatedAt = training.now().toISOString()
  return await training.models.change(model.id, (now) => ({
    ...now,
    ...(name !== '' && { name }),
    ...(description !== '' && { description }),
    ...(access && { access }),
    ...{ updatedAt, updatedBy: caller },
  }))
}

async function deleteModel(training: Training, request: CommonRequest, signal: AbortSignal): Promise<void> {
  const model = await ownModel(training, request, { name: 'delete_model', takesUnified: false })
  await training.provider.delete(model.id, signal).catch((fault: unknown) => {
    throw failedDeletion(fault)
  })
  const updatedAt = training.now().toISOString()
  await training.models.change(model.id, (now) => ({ ...now, status: 'DELETED', updatedAt, updatedBy: model.creator }))
}

/** Who may not use a model is not told that there is one. */
async function usableModel({ models }: Training, caller: Address, id = ''): Promise<Model> {
  if (id === '') throw noModelId()
  const model = await models.find(id)
  if (!model || !(model.isPublic || model.access.includes(caller))) throw noAccess(caller, id)
  return model
}

/** Each address once, in one spelling. Error: `invalid-request` for what is no address. */
function accessOf(addresses: readonly string[], creator: Address): Address[] {
  if (addresses.length > MAX.addresses) throw tooLong('address_list', addresses.length, MAX.addresses)
  return [...new Set([...addresses.map((text) => toAddress(text.slice(0, 100))), creator])]
}

function requireTexts(name: string, description: string): void {
  requireLength('the name of the model', name, MAX.name)
  requireLength('the description of the model', description, MAX.description)
}

function requireLength(what: string, text: string, max: number): void {
  if (text.length > max) throw tooLong(what, text.length, max)
}
