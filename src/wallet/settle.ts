import type { TransactionReceipt } from 'ethers'
import { pause } from '../shared/clock.js'
import { SnetError } from '../shared/errors.js'
import { Backoff } from '../shared/retry.js'
import { broadcast, raiseAttempt } from './attempts.js'
import type { Attempt, JournalEntry } from './journal.js'
import { onChain } from './on-chain.js'
import type { Sender, SettledTransaction } from './sender.js'

/** Nodes behind one address may be a moment apart. */
const MAX_FAULTS_IN_A_ROW = 10
const LOOKS_UNTIL_TAKEN = 3
/** Some chains make a block of each transaction at once. */
const FIRST_POLL_MS = 50

type Settled = Omit<SettledTransaction, 'wasFound'>

/**
 * Stays with a transaction until it is in a block deep enough: sends it again where the node has forgotten it, with higher
 * fees where it waits for long; a reorganisation that takes it out begins this anew. Undefined when another transaction
 * has taken its nonce. Errors: `wrong-state` when it was in a block and failed; `timed-out`, `cancelled`, `unavailable`.
 */
export async function settle(sender: Sender, found: JournalEntry): Promise<Settled | undefined> {
  const { journal, patience, signal } = sender
  const began = performance.now()
  const polling = new Backoff({ firstMs: FIRST_POLL_MS, longestMs: patience.pollMs })
  let entry = found
  let sentAt = began
  let faults = 0
  let looks = 0
  let told = ''
  for (;;) {
    stopWhenOver(sender, entry, began)
    try {
      const look = await lookAt(sender, entry)
      if (look.kind === 'deep') {
        await journal.remove(entry.nonce)
        return requireSuccess(entry, look.receipt)
      }
      looks = look.kind === 'taken' ? looks + 1 : 0
      if (looks >= LOOKS_UNTIL_TAKEN) {
        await journal.remove(entry.nonce)
        return undefined
      }
      if (look.kind === 'in-block' && look.note !== told) sender.tell((told = look.note))
      if (look.kind === 'waiting') {
        if (performance.now() - sentAt >= patience.raiseAfterMs) {
          entry = (await raiseAttempt(sender, entry)) ?? entry
          sentAt = performance.now()
        }
        await resend(sender, entry)
      }
      faults = 0
    } catch (fault) {
      if (!(fault instanceof SnetError) || fault.kind !== 'unavailable' || ++faults > MAX_FAULTS_IN_A_ROW) throw fault
    }
    await pause(polling.nextMs(), signal)
  }
}

type Look =
  | { readonly kind: 'deep'; readonly receipt: TransactionReceipt }
  | { readonly kind: 'in-block'; readonly note: string }
  | { readonly kind: 'waiting' | 'taken' }

async function lookAt(
  { provider, account, confirmations }: Sender,
  { nonce, attempts, what }: JournalEntry,
): Promise<Look> {
  const receipts = await onChain(Promise.all(attempts.map(({ hash }) => provider.getTransactionReceipt(hash))))
  const receipt = receipts.find((one) => one !== null)
  if (!receipt) {
    const count = await onChain(provider.getTransactionCount(account.address, 'latest'))
    return { kind: count > nonce ? 'taken' : 'waiting' }
  }
  const depth = (await onChain(provider.getBlockNumber())) - receipt.blockNumber + 1
  if (depth >= confirmations) return { kind: 'deep', receipt }
  return {
    kind: 'in-block',
    note: `The ${what} is in block ${receipt.blockNumber}: ${depth} of ${confirmations} confirmations.`,
  }
}

/** Where the node has forgotten it: dropped, reorganised out, or never received. */
async function resend(sender: Sender, { attempts }: JournalEntry): Promise<void> {
  const newest = attempts.at(-1) as Attempt
  const known = await onChain(sender.provider.send('eth_getTransactionByHash', [newest.hash]) as Promise<unknown>)
  if (known === null) await broadcast(sender, newest)
}

function stopWhenOver({ patience, signal, tell }: Sender, { what, attempts }: JournalEntry, began: number): void {
  const hash = attempts.at(-1)?.hash ?? ''
  if (signal?.aborted) {
    tell(`The ${what} goes on without this command: ${hash}. The same command again finds it.`)
    throw new SnetError('cancelled', 'cancelled')
  }
  if (performance.now() - began < patience.limitMs) return
  throw new SnetError(
    'timed-out',
    `the ${what} is in no block deep enough after ${patience.limitMs / 1000} s: ${hash}`,
    {
      details: { transaction: hash },
      hint: 'It goes on by itself, and the same command again finds it. --timeout waits longer, --max-fee lets it pay more.',
    },
  )
}

function requireSuccess({ intent, what }: JournalEntry, receipt: TransactionReceipt): Settled {
  const { hash, blockNumber, fee, gasUsed, logs, status } = receipt
  if (status === 1) return { intent, what, hash, block: blockNumber, fee, gasUsed, logs }
  throw new SnetError('wrong-state', `the ${what} failed in block ${blockNumber}: ${hash}`, {
    details: { transaction: hash },
    hint: 'The contract refused it when its turn came; only its gas was paid. Run the command again.',
  })
}
