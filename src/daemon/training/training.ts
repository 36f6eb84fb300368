import { prefixError, SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import type { Address } from '../../shared/units.js'
import type { TrainingAuthorization } from '../../shared/wire/index.js'
import type { Blocks } from '../payments/ports.js'
import { type AuthorisedMethod, authorise } from './authorise.js'
import type { ModelMethod } from './method-metadata.js'
import type { Model } from './model.js'
import type { Models } from './models.js'
import type { Provider } from './provider.js'
import { INACCESSIBLE, noAuthorization, noModelId, noSuchModel, notOwner } from './refusals.js'
import type { StatusWatch } from './status-watch.js'

/** What the methods about models work with. */
export interface Training {
  readonly blocks: Blocks
  readonly models: Models
  readonly provider: Provider
  readonly watch: Pick<StatusWatch, 'watch'>
  /** Of the service, whatever a client says: names as registered, the group id in base64. */
  readonly identity: { readonly organization: string; readonly service: string; readonly group: string }
  readonly methods: Live<readonly ModelMethod[]>
  readonly maxUploadBytes: number
  readonly now: () => Date
}

interface OfModel {
  readonly authorization?: TrainingAuthorization
  readonly model_id?: string
}

/** The model that its owner asks about. Errors and their order: snet-wire 1.6. */
export async function ownModel(
  { blocks, models }: Training,
  { authorization, model_id: id = '' }: OfModel,
  method: AuthorisedMethod,
  prefix = INACCESSIBLE,
): Promise<Model> {
  if (!authorization) throw noAuthorization()
  if (id === '') throw noModelId()
  const caller = await authorise(blocks, authorization, method).catch((fault: unknown) => {
    throw prefixError(prefix, fault)
  })
  return await requireOwned(models, id, caller).catch((fault: unknown) => {
    throw prefixError(INACCESSIBLE, fault)
  })
}

async function requireOwned(models: Models, id: string, caller: Address): Promise<Model> {
  const model = await models.find(id)
  if (!model || model.status === 'DELETED') throw noSuchModel(id)
  if (model.creator !== caller) throw notOwner()
  return model
}

/** Who asks, for methods that do not say what is wrong with his authorization. */
export async function callerOf(
  { blocks }: Training,
  authorization: TrainingAuthorization | undefined,
  method: AuthorisedMethod,
  refuse: (fault: SnetError) => SnetError,
): Promise<Address> {
  if (!authorization) throw noAuthorization()
  return await authorise(blocks, authorization, method).catch((fault: unknown) => {
    throw fault instanceof SnetError && fault.kind === 'unauthenticated' ? refuse(fault) : fault
  })
}
