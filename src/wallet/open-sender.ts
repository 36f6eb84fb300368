import { type AccountSource, openAccount } from './open-account.js'
import { openJournal } from './journal.js'
import { openProvider } from './network.js'
import type { Patience, Sender } from './sender.js'

export interface SenderConfig {
  readonly rpc: string
  readonly account: AccountSource
  /** Where transactions are noted until their end has been seen. */
  readonly journalDir: string
  readonly maxFee?: bigint | undefined
  readonly confirmations?: number | undefined
  readonly patience?: Partial<Patience>
  readonly signal?: AbortSignal | undefined
  readonly tell?: (note: string) => void
}

const PATIENCE: Patience = { pollMs: 1_000, raiseAfterMs: 60_000, limitMs: 600_000 }

/** An account on a chain, ready to send; closed with its scope. Errors: those of `openProvider` and `openAccount`. */
export async function openSender(config: SenderConfig): Promise<Sender & Disposable> {
  const account = await openAccount(config.account)
  const { provider, chainId, [Symbol.dispose]: close } = await openProvider(config.rpc)
  return {
    provider,
    chainId,
    account,
    journal: openJournal(config.journalDir, { chainId, address: account.address }),
    maxFee: config.maxFee,
    confirmations: config.confirmations ?? 1,
    patience: { ...PATIENCE, ...config.patience },
    signal: config.signal,
    tell: config.tell ?? (() => undefined),
    [Symbol.dispose]: close,
  }
}
