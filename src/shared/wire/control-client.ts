import { Client, credentials } from '@grpc/grpc-js'
import { SnetError } from '../errors.js'
import {
  type KeptChannelsMessage,
  type KeptClaimsMessage,
  type ListChannelsMessage,
  loadControlService,
  type StatusMessage,
  type UnlockChannelMessage,
  type UnlockChannelReplyMessage,
} from './control-service.js'
import { askUnary } from './unary.js'

/** Asks the daemon behind a Unix socket how it is. Error: `unavailable` when nobody answers there. */
export async function getStatus(socketPath: string, timeoutMs: number): Promise<StatusMessage> {
  try {
    return await ask<StatusMessage>(socketPath, 'GetStatus', {}, timeoutMs)
  } catch (cause) {
    throw noAnswer(socketPath, cause)
  }
}

/** The channels of the daemon behind a Unix socket. Error: `unavailable` when nobody answers there. */
export const listKeptChannels = (socketPath: string, request: ListChannelsMessage, timeoutMs: number) =>
  askGate<KeptChannelsMessage>(socketPath, 'ListChannels', request, timeoutMs)

/** Its claims. Error: `unavailable` when nobody answers there. */
export const listKeptClaims = (socketPath: string, timeoutMs: number) =>
  askGate<KeptClaimsMessage>(socketPath, 'ListClaims', {}, timeoutMs)

/** Errors: `channel-busy` for one that a call holds, unless it is forced; `not-found`; `unavailable`. */
export const unlockChannel = (socketPath: string, request: UnlockChannelMessage, timeoutMs: number) =>
  askGate<UnlockChannelReplyMessage>(socketPath, 'UnlockChannel', request, timeoutMs)

async function askGate<Reply>(socketPath: string, name: string, request: object, timeoutMs: number): Promise<Reply> {
  try {
    return await ask<Reply>(socketPath, name, request, timeoutMs)
  } catch (fault) {
    // What the daemon itself says has a hint.
    if (fault instanceof SnetError && (fault.kind !== 'unavailable' || fault.hint !== undefined)) throw fault
    throw noAnswer(socketPath, fault)
  }
}

async function ask<Reply>(socketPath: string, name: string, request: object, timeoutMs: number): Promise<Reply> {
  const client = new Client(`unix:${socketPath}`, credentials.createInsecure())
  try {
    return await askUnary<Reply>(client, { of: loadControlService(), name }, request, { timeoutMs })
  } finally {
    client.close()
  }
}

const noAnswer = (socketPath: string, cause: unknown): SnetError =>
  new SnetError('unavailable', `no daemon answers at ${socketPath}`, {
    hint: 'Is it running, with this data_dir? --data-dir or -c names another one.',
    details: { socket: socketPath },
    cause,
  })
