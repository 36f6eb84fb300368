import type { Address } from '../shared/units.js'
import type * as Wallet from '../wallet/index.js'
import { DaemonCommand } from './command.js'
import { type EscrowFlags, resolveEscrow } from './escrow-flags.js'
import { senderConfig } from './sending-flags.js'
import { stopOnSignals } from './signals.js'

type Flags = EscrowFlags & Parameters<typeof senderConfig>[0]

/** An account on the chain, and the escrow contract that it deals with. */
interface EscrowSender {
  readonly sender: Wallet.Sender
  readonly escrow: Address
}

/** A command that sends transactions to an escrow contract. */
export abstract class SendingCommand extends DaemonCommand {
  /** An account on the chain, which tells what goes on; closed with its scope. */
  protected async openSender(flags: Flags, rpc: string, signal: AbortSignal): Promise<Wallet.Sender & Disposable> {
    const { openSender } = await import('../wallet/index.js')
    const tell = (note: string): void => this.logToStderr(note)
    return await openSender({ ...senderConfig(flags, process.env), rpc, signal, tell })
  }

  /** Does the work with the account and at the escrow contract that the flags mean, until it is done or told to stop. */
  protected async atEscrow<T>(flags: Flags, work: (wallet: typeof Wallet, at: EscrowSender) => Promise<T>): Promise<T> {
    using stop = stopOnSignals()
    const { rpc, at } = await resolveEscrow(flags)
    using sender = await this.openSender(flags, rpc, stop.signal)
    const wallet = await import('../wallet/index.js')
    return await work(wallet, { sender, escrow: await wallet.findEscrow(at, sender) })
  }
}
