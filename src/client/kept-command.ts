import { controlSocketOf } from '../shared/control-socket.js'
import { SnetError } from '../shared/errors.js'
import type { KeptPayments } from '../shared/wire/index.js'
import { DaemonCommand } from './command.js'
import { type DaemonFlags, resolveDataDir } from './data-dir.js'
import { nothingConfigured } from './nothing-configured.js'

const TIMEOUT_MS = 60_000

/** What commands share that ask the daemon of this host while it lives, else read what it left. */
export abstract class KeptCommand extends DaemonCommand {
  /** Of the daemon's own code, which only these commands load. */
  protected abstract openStored(dataDir: string): Promise<KeptPayments & AsyncDisposable>

  protected async atKept<T>(flags: DaemonFlags, work: (place: KeptPayments) => Promise<T>): Promise<T> {
    const dataDir = await resolveDataDir(flags, {
      env: process.env,
      cwd: process.cwd(),
      onNothing: () => this.warn(nothingConfigured(this.config.bin)),
    })
    const socket = await controlSocketOf(dataDir)
    const { connectControl } = await import('../shared/wire/grpc/index.js')
    try {
      using control = connectControl(socket, TIMEOUT_MS)
      return await work(control)
    } catch (fault) {
      if (!(fault instanceof SnetError) || fault.details['socket'] !== socket) throw fault
    }
    await using stored = await this.openStored(dataDir)
    return await work(stored)
  }
}
