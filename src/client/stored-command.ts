import { controlSocketOf } from '../shared/control-socket.js'
import { SnetError } from '../shared/errors.js'
import { DaemonCommand } from './command.js'
import { type DaemonFlags, resolveDataDir } from './data-dir.js'
import { nothingConfigured } from './nothing-configured.js'

/** What commands share that ask the daemon of this host while it lives, else read what it left. */
export abstract class StoredCommand<Stored extends AsyncDisposable> extends DaemonCommand {
  /** Of the daemon's own code, which only these commands load. */
  protected abstract openStored(dataDir: string): Promise<Stored>

  /** @param ask fails with the socket among its details when nobody answers there */
  protected async atDaemonOrStore<T>(
    flags: DaemonFlags,
    ask: (socket: string) => Promise<T>,
    read: (stored: Stored) => Promise<T>,
  ): Promise<T> {
    const dataDir = await resolveDataDir(flags, {
      env: process.env,
      cwd: process.cwd(),
      onNothing: () => this.warn(nothingConfigured(this.config.bin)),
    })
    const socket = await controlSocketOf(dataDir)
    try {
      return await ask(socket)
    } catch (fault) {
      if (!(fault instanceof SnetError) || fault.details['socket'] !== socket) throw fault
    }
    await using stored = await this.openStored(dataDir)
    return await read(stored)
  }
}
