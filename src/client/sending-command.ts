import type { Address } from '../shared/units.js'
import type { EscrowPlace, Sender } from '../wallet/index.js'
import { DaemonCommand } from './command.js'
import { type EscrowFlags, resolveEscrow } from './escrow-flags.js'
import { senderConfig } from './sending-flags.js'

type Flags = EscrowFlags & Parameters<typeof senderConfig>[0]

/** A command that sends transactions to an escrow contract. */
export abstract class SendingCommand extends DaemonCommand {
  /** An account on the chain, which tells what goes on; closed with its scope. */
  protected async openSender(flags: Flags, rpc: string, signal: AbortSignal): Promise<Sender & Disposable> {
    const { openSender } = await import('../wallet/index.js')
    const tell = (note: string): void => this.logToStderr(note)
    return await openSender({ ...senderConfig(flags, process.env), rpc, signal, tell })
  }

  /** The same, with the escrow contract that the flags mean. */
  protected async openAtEscrow(
    flags: Flags,
    signal: AbortSignal,
  ): Promise<{ readonly sender: Sender; readonly escrow: Address } & Disposable> {
    const { rpc, at } = await resolveEscrow(flags)
    const sender = await this.openSender(flags, rpc, signal)
    try {
      const escrow = await this.#find(at, sender)
      return { sender, escrow, [Symbol.dispose]: () => sender[Symbol.dispose]() }
    } catch (fault) {
      sender[Symbol.dispose]()
      throw fault
    }
  }

  async #find(at: EscrowPlace, { provider, signal }: Sender): Promise<Address> {
    const { findEscrow } = await import('../wallet/index.js')
    return await findEscrow(at, { provider, signal })
  }
}
