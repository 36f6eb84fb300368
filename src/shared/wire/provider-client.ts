import { askDaemon } from './ask-daemon.js'
import {
  loadProviderControl,
  type PaymentReply,
  type PaymentsListReply,
  type PaymentsListRequest,
  type StartClaimRequest,
} from './provider-control.js'
import type { CallExtras } from './raw-call.js'
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
  const ask = async <Reply>(name: string, request: object): Promise<Reply> => {
    const method = { of: loadProviderControl(), name }
    return await askDaemon(connection, method, request, { ...limits, maxMessageBytes: MAX_LIST_BYTES })
  }
  return {
    listUnclaimed: (request) => ask('GetListUnclaimed', request),
    listInProgress: (request) => ask('GetListInProgress', request),
    startClaim: (request) => ask('StartClaim', request),
  }
}
