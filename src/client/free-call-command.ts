import type { FreeCallUserEntry } from '../shared/wire/index.js'
import type { DaemonFlags } from './data-dir.js'
import { StoredCommand } from './stored-command.js'

interface User {
  readonly address: string
  readonly userId: string
}

/** Where free calls are asked about: the daemon while it lives, else what it left. */
interface FreeCallPlace {
  list(): Promise<FreeCallUserEntry[]>
  /** What is answered names the user. */
  unlock(user: User, how: { force: boolean }): Promise<string>
  reset(user: User): Promise<string>
}

/** Free calls as they are kept in a directory without a daemon. */
interface StoredFreeCalls extends AsyncDisposable, Pick<FreeCallPlace, 'unlock' | 'reset'> {
  list(): AsyncIterable<User & { readonly service: string; readonly made: bigint; readonly busy: boolean }>
}

const TIMEOUT_MS = 60_000

/** What the commands about free calls share. */
export abstract class FreeCallCommand extends StoredCommand<StoredFreeCalls> {
  protected async atFreeCalls<T>(flags: DaemonFlags, work: (place: FreeCallPlace) => Promise<T>): Promise<T> {
    const { connectFreeCallControl } = await import('../shared/wire/index.js')
    const toRequest = ({ address, userId }: User) => ({ address, user_id: userId })
    return await this.atDaemonOrStore(
      flags,
      async (socket) => {
        using control = connectFreeCallControl(socket, TIMEOUT_MS)
        return await work({
          list: () => control.list(),
          unlock: async (user, { force }) => (await control.unlock({ ...toRequest(user), force })).user ?? '',
          reset: async (user) => (await control.reset(toRequest(user))).user ?? '',
        })
      },
      (stored) => work({ ...stored, list: () => listAll(stored) }),
    )
  }
}

async function listAll(stored: StoredFreeCalls): Promise<FreeCallUserEntry[]> {
  const users: FreeCallUserEntry[] = []
  for await (const { userId, made, ...user } of stored.list())
    users.push({ ...user, user_id: userId, made: String(made) })
  return users
}
