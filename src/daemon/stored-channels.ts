import type {
  KeptChannelsMessage,
  KeptClaimsMessage,
  ListChannelsMessage,
  UnlockChannelMessage,
  UnlockChannelReplyMessage,
} from '../shared/wire/index.js'
import { listChannels, listClaims, unlockChannel } from './api/index.js'
import { openStoredPayments } from './stored-payments.js'

/** Channels and claims as they are kept in a data directory in which no daemon lives, told as a daemon would. */
export interface StoredChannels extends AsyncDisposable {
  listChannels(request: ListChannelsMessage): Promise<KeptChannelsMessage>
  listClaims(): Promise<KeptClaimsMessage>
  unlockChannel(request: UnlockChannelMessage): Promise<UnlockChannelReplyMessage>
}

/** Errors: as `openStoredPayments`. */
export async function openStoredChannels(path: string): Promise<StoredChannels> {
  const stored = await openStoredPayments(path)
  const { channels } = stored.storage
  return {
    listChannels: (request) => listChannels(channels, request),
    listClaims: () => listClaims(channels),
    unlockChannel: (request) => unlockChannel(channels, request),
    [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose](),
  }
}
