import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { SnetError } from '../../errors.js'
import { type FreeCallUserEntry, loadControlService, type StatusMessage } from '../control-service.js'
import { fromServiceError } from './service-errors.js'
import { ERROR_KIND_TRAILER } from '../status.js'
import type { KeptPayments, KeptStore } from '../kept-store.js'
import { storageClient } from './storage-client.js'
import { askUnary } from './unary.js'

/** Asks the daemon behind a Unix socket how it is. Error: `unavailable` when nobody answers there. */
export async function getStatus(socketPath: string, timeoutMs: number): Promise<StatusMessage> {
  const client = connect(socketPath)
  try {
    const translate = (failed: ServiceError): SnetError => noAnswer(socketPath, failed)
    return await askUnary(client, { of: loadControlService(), name: 'GetStatus' }, {}, { timeoutMs, translate })
  } finally {
    client.close()
  }
}

/** A daemon that lives. */
export interface ControlClient extends KeptPayments, KeptStore, Disposable {
  getStatus(): Promise<StatusMessage>
}

/**
 * Asks the daemon behind a Unix socket. Error of all: `unavailable`, with the socket, when nobody answers there.
 * @param signal ends what is being asked
 */
export function connectControl(socketPath: string, timeoutMs: number, signal?: AbortSignal): ControlClient {
  const client = connect(socketPath)
  // What a daemon says itself has its kind.
  const translate = (failed: ServiceError): SnetError =>
    failed.code === status.UNAVAILABLE && failed.metadata.get(ERROR_KIND_TRAILER).length === 0
      ? noAnswer(socketPath, failed)
      : fromServiceError(failed)
  const ask = async <Reply>(name: string, request: object): Promise<Reply> =>
    await askUnary<Reply>(client, { of: loadControlService(), name }, request, { timeoutMs, translate, signal })
  return {
    getStatus: () => ask('GetStatus', {}),
    listChannels: (request) => ask('ListChannels', request),
    listClaims: () => ask('ListClaims', {}),
    escrow: async () => (await ask<StatusMessage>('GetStatus', {})).gate?.mpe ?? '',
    unlockChannel: (request) => ask('UnlockChannel', request),
    async listFreeCallUsers() {
      try {
        return await readFreeCallUsers(client, timeoutMs)
      } catch (failed) {
        throw translate(failed as ServiceError)
      }
    },
    unlockFreeCallUser: (request) => ask('UnlockFreeCallUser', request),
    resetFreeCallUser: (request) => ask('ResetFreeCallUser', request),
    ...storageClient(client, translate),
    [Symbol.dispose]: () => client.close(),
  }
}

const connect = (socketPath: string): Client => new Client(`unix:${socketPath}`, credentials.createInsecure())

/** They come as a stream: there may be more than one message holds. */
async function readFreeCallUsers(client: Client, timeoutMs: number): Promise<FreeCallUserEntry[]> {
  const { ListFreeCallUsers } = loadControlService().service
  if (!ListFreeCallUsers) throw new Error('the control service has no ListFreeCallUsers')
  const { path, requestSerialize, responseDeserialize } = ListFreeCallUsers
  const options = { deadline: Date.now() + timeoutMs }
  const users: FreeCallUserEntry[] = []
  const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {}, new Metadata(), options)
  for await (const user of call) users.push(user as FreeCallUserEntry)
  return users
}

const noAnswer = (socketPath: string, cause: unknown): SnetError =>
  new SnetError('unavailable', `no daemon answers at ${socketPath}`, {
    hint: 'Is it running, with this data_dir? --data-dir or -c names another one.',
    details: { socket: socketPath },
    cause,
  })
