import type { Live } from '../../../shared/live.js'
import type { BertyMessengerMethods, BertyProtocolMethods } from '../../../shared/wire/index.js'
import type { BertyConnection, CallOptions } from './connection.js'
import type { Probed } from './era.js'
import { messengerMethod, protocolMethod } from './methods.js'

/** The connection in use, and what was found out about who answers on it; both are replaced after an outage. */
export interface ReachedBerty {
  readonly connection: BertyConnection
  readonly probed: Probed
}

/** Calls to either service of the Berty that is there now. Errors: BertyError, `unavailable`, `cancelled`. */
export interface BertyCalls {
  readonly reached: Live<ReachedBerty>
  protocol<Name extends keyof BertyProtocolMethods>(
    name: Name,
    request: BertyProtocolMethods[Name][0],
    options?: AbortSignal | CallOptions,
  ): Promise<BertyProtocolMethods[Name][1]>
  messenger<Name extends keyof BertyMessengerMethods>(
    name: Name,
    request: BertyMessengerMethods[Name][0],
    options?: AbortSignal | CallOptions,
  ): Promise<BertyMessengerMethods[Name][1]>
}

/** On a busy host an answer may take seconds (berty 3.7, timing). */
const CALL_TIMEOUT_MS = 30_000

export function createBertyCalls(reached: Live<ReachedBerty>): BertyCalls {
  return {
    reached,
    protocol: (name, request, options) => {
      const { connection, probed } = reached.current
      return connection.unary(protocolMethod(name, probed.protocol), request, toOptions(options))
    },
    messenger: (name, request, options) =>
      reached.current.connection.unary(messengerMethod(name), request, toOptions(options)),
  }
}

const toOptions = (options: AbortSignal | CallOptions | undefined): CallOptions =>
  options === undefined || options instanceof AbortSignal ? { timeoutMs: CALL_TIMEOUT_MS, signal: options } : options
