import { prefixError, SnetError } from '../../shared/errors.js'
import { cutShort } from '../../shared/short-text.js'

/** The texts that clients know (snet-wire 1.6). */

export const noAuthorization = (): SnetError =>
  new SnetError('invalid-request', 'invalid request: no authorization provided', {
    hint: 'Every request about a model carries `authorization`, signed by its caller.',
  })

/** For methods that do not say what is wrong. */
export const badAuthorization = ({ kind, hint, message }: SnetError): SnetError =>
  new SnetError(kind, 'invalid request: bad authorization provided', { hint: hint ?? message })

export const noNames = (): SnetError =>
  new SnetError('invalid-request', 'invalid request: no grpc_service_name or grpc_method_name provided')

export const noModelId = (): SnetError => new SnetError('invalid-request', "invalid request: model id can't be empty")

export const INACCESSIBLE = 'unable to access model: '

export const inaccessible = (fault: SnetError): SnetError => prefixError(INACCESSIBLE, fault) as SnetError

export const noSuchModel = (id: string): SnetError =>
  new SnetError(
    'not-found',
    `daemon storage error: error in getting data from model storage: model data doesn't exist for modelID: ${shown(id)}`,
  )

export const noAccess = (user: string, id: string): SnetError =>
  new SnetError('forbidden', `${INACCESSIBLE}user ${user}, does not have access to model Id ${shown(id)}`, {
    hint: 'Its creator can add an address by update_model.',
  })

export const notOwner = (): SnetError =>
  new SnetError('forbidden', 'error in updating model state: only owner can change the model state')

export const tooLong = (what: string, size: number, max: number): SnetError =>
  new SnetError('invalid-request', `${what} has ${size}, at most ${max} are taken`)

/** What the service, or the way to it, has to do with a failure. */
export const failedCreation = (fault: unknown): unknown =>
  prefixError('error in invoking service for model training: ', fault)
export const serviceIssue = (fault: unknown): unknown => prefixError('issue with service: ', fault)
export const failedDeletion = (fault: unknown): unknown =>
  replaceMessage(fault, 'error in invoking DeleteModel, service-provider should realize it')
export const failedStatus = (fault: unknown): unknown =>
  replaceMessage(fault, 'error in invoking GetModelStatus, service-provider should realize it')

/** The reason becomes the hint. */
function replaceMessage(fault: unknown, text: string): unknown {
  if (!(fault instanceof SnetError)) return fault
  return new SnetError(fault.kind, text, { hint: fault.message, cause: fault })
}

const shown = (id: string): string => cutShort(id, 200)
