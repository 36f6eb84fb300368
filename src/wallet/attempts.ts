import { Transaction } from 'ethers'
import { messageOf, SnetError } from '../shared/errors.js'
import { type Fees, gweiText, raiseFees, readFees } from './fees.js'
import type { Attempt, JournalEntry } from './journal.js'
import type { Sender } from './sender.js'

type Draft = Pick<JournalEntry, 'nonce' | 'to' | 'data' | 'gasLimit'>

export async function signAttempt({ account, chainId }: Sender, draft: Draft, fees: Fees): Promise<Attempt> {
  const { to, data, nonce, gasLimit } = draft
  const transaction = Transaction.from({
    ...{ type: fees.type, chainId, nonce, to, data, gasLimit, value: 0n },
    ...(fees.type === 2 ? { maxFeePerGas: fees.price, maxPriorityFeePerGas: fees.tip } : { gasPrice: fees.price }),
  })
  const raw = await account.signTransaction(transaction)
  return { ...fees, raw, hash: Transaction.from(raw).hash as string }
}

/** The entry with one more attempt at higher fees, noted already; undefined where the limit is in the way. */
export async function raiseAttempt(sender: Sender, entry: JournalEntry): Promise<JournalEntry | undefined> {
  const last = entry.attempts.at(-1) as Attempt
  const now = await readFees(sender.provider, undefined).catch(() => undefined)
  const fees = raiseFees(last, now, sender.maxFee)
  if (!fees) {
    sender.tell(`It pays ${gweiText(last.price)} gwei for gas, and --max-fee lets it pay no more: waiting.`)
    return undefined
  }
  const raised = { ...entry, attempts: [...entry.attempts, await signAttempt(sender, entry, fees)] }
  await sender.journal.update(raised)
  sender.tell(
    `It is in no block yet: sent again with ${gweiText(fees.price)} gwei for gas instead of ${gweiText(last.price)}.`,
  )
  return raised
}

/** What nodes say of a transaction that they have, or that is in a block already. */
const KNOWN = /already known|already imported|known transaction|already in|nonce too low|nonce has already been used/i
/** Another transaction of this nonce waits that pays as much. */
const UNDERPRICED = /underpriced/i

/**
 * Hands a signed transaction to the node. Resolves also where it has it or prefers another of this nonce: only blocks tell
 * the end. Errors: `wrong-state` when the account cannot pay for it; `unavailable`.
 */
export async function broadcast({ provider, account }: Sender, { raw }: Attempt): Promise<void> {
  try {
    await provider.send('eth_sendRawTransaction', [raw])
  } catch (cause) {
    const { shortMessage = '', error } = cause as { shortMessage?: string; error?: { message?: string } }
    const text = `${shortMessage} ${error?.message ?? ''}`
    if (KNOWN.test(text) || UNDERPRICED.test(text)) return
    const reason = error?.message ?? (shortMessage || messageOf(cause))
    if (/insufficient funds/i.test(text)) {
      throw new SnetError('wrong-state', `${account.address} cannot pay for the gas: ${reason}`, {
        hint: 'Send it some of the coin of this chain first.',
        cause,
      })
    }
    throw new SnetError('unavailable', `the Ethereum node did not take the transaction: ${reason}`, {
      hint: 'The same command again goes on with it.',
      cause,
    })
  }
}
