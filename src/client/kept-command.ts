import type {
  KeptChannelsMessage,
  KeptClaimsMessage,
  ListChannelsMessage,
  UnlockChannelMessage,
  UnlockChannelReplyMessage,
} from '../shared/wire/index.js'
import type { DaemonFlags } from './data-dir.js'
import { StoredCommand } from './stored-command.js'

/** Where channels and claims are asked about: the daemon while it lives, else what it left. */
interface KeptPlace {
  listChannels(request: ListChannelsMessage): Promise<KeptChannelsMessage>
  listClaims(): Promise<KeptClaimsMessage>
  unlockChannel(request: UnlockChannelMessage): Promise<UnlockChannelReplyMessage>
}

const TIMEOUT_MS = 60_000

/** What the provider's views of channels and claims share. */
export abstract class KeptCommand extends StoredCommand<KeptPlace & AsyncDisposable> {
  protected async atKept<T>(flags: DaemonFlags, work: (place: KeptPlace) => Promise<T>): Promise<T> {
    const { listKeptChannels, listKeptClaims, unlockChannel } = await import('../shared/wire/index.js')
    return await this.atDaemonOrStore(
      flags,
      (socket) =>
        work({
          listChannels: (request) => listKeptChannels(socket, request, TIMEOUT_MS),
          listClaims: () => listKeptClaims(socket, TIMEOUT_MS),
          unlockChannel: (request) => unlockChannel(socket, request, TIMEOUT_MS),
        }),
      work,
    )
  }
}
