import { SnetError } from '../errors.js'
import {
  loadProviderControl,
  type PaymentReply,
  type PaymentsListReply,
  type PaymentsListRequest,
  type StartClaimRequest,
} from './provider-control.js'
import { type CallExtras, onlyAnswer } from './raw-call.js'
import type { Connection } from './raw-client.js'

/** Some hundred bytes for each of a provider's channels. */
const MAX_LIST_BYTES = 16 * 1024 * 1024

/** What a provider asks of his daemon over an open connection. Errors as the daemon tells them. */
export interface ProviderCalls {
  listUnclaimed(request: PaymentsListRequest): Promise<PaymentsListReply>
  listInProgress(request: PaymentsListRequest): Promise<PaymentsListReply>
  startClaim(request: StartClaimRequest): Promise<PaymentReply>
}

export function providerCalls(connection: Connection, limits: Pick<CallExtras, 'timeoutMs' | 'signal'>): ProviderCalls {
  const ask = async (name: string, request: object): Promise<unknown> => {
    const method = loadProviderControl().service[name]
    if (!method) throw new Error(`the proto file of the provider's service names no ${name}`)
    const answer = await onlyAnswer(
      connection.call(method.path, [method.requestSerialize(request)], {
        of: 'daemon',
        ...limits,
        maxMessageBytes: MAX_LIST_BYTES,
      }),
    )
    try {
      return method.responseDeserialize(answer) as unknown
    } catch (cause) {
      throw new SnetError('upstream-failed', `the daemon answered ${name} with something else`, { cause })
    }
  }
  return {
    listUnclaimed: async (request) => (await ask('GetListUnclaimed', request)) as PaymentsListReply,
    listInProgress: async (request) => (await ask('GetListInProgress', request)) as PaymentsListReply,
    startClaim: async (request) => (await ask('StartClaim', request)) as PaymentReply,
  }
}
