import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { SnetError } from '../errors.js'
import {
  type FreeCallUserEntry,
  type FreeCallUserReply,
  type FreeCallUserRequest,
  loadControlService,
} from './control-service.js'
import { fromServiceError } from './service-errors.js'
import { askUnary } from './unary.js'

/** What the daemon behind a Unix socket keeps of free calls. Error of all: `unavailable` when nobody answers there. */
export interface FreeCallControl extends Disposable {
  list(): Promise<FreeCallUserEntry[]>
  /** Error: `channel-busy` without force; `not-found`. */
  unlock(user: FreeCallUserRequest): Promise<FreeCallUserReply>
  /** Error: `not-found`. */
  reset(user: FreeCallUserRequest): Promise<FreeCallUserReply>
}

export function connectFreeCallControl(socketPath: string, timeoutMs: number): FreeCallControl {
  const client = new Client(`unix:${socketPath}`, credentials.createInsecure())
  const translate = (failed: ServiceError): Error => {
    if (failed.code !== status.UNAVAILABLE || failed.metadata.get('snetd-error-kind').length > 0)
      return fromServiceError(failed)
    return new SnetError('unavailable', `no daemon answers at ${socketPath}`, {
      details: { socket: socketPath },
      cause: failed,
    })
  }
  const ask = (name: 'UnlockFreeCallUser' | 'ResetFreeCallUser') => (user: FreeCallUserRequest) =>
    askUnary<FreeCallUserReply>(client, { of: loadControlService(), name }, user, { timeoutMs, translate })
  return {
    async list() {
      const { ListFreeCallUsers } = loadControlService().service
      if (!ListFreeCallUsers) throw new Error('the control service has no ListFreeCallUsers')
      const { path, requestSerialize, responseDeserialize } = ListFreeCallUsers
      const options = { deadline: Date.now() + timeoutMs }
      const call = client.makeServerStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        {},
        new Metadata(),
        options,
      )
      const users: FreeCallUserEntry[] = []
      try {
        for await (const user of call) users.push(user as FreeCallUserEntry)
      } catch (failed) {
        throw translate(failed as ServiceError)
      }
      return users
    },
    unlock: ask('UnlockFreeCallUser'),
    reset: ask('ResetFreeCallUser'),
    [Symbol.dispose]: () => client.close(),
  }
}
