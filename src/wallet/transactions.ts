import { shortReason } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import { broadcast, signAttempt } from './attempts.js'
import { readFees } from './fees.js'
import type { Attempt, JournalEntry } from './journal.js'
import { onChain } from './on-chain.js'
import type { Sender, SettledTransaction, WantedTransaction } from './sender.js'
import { settle } from './settle.js'

/**
 * Sends what `prepare` makes, and resolves once it is in a block deep enough. What an interrupted command has sent is seen to
 * its end first, and stands for this one where it was the same wish: nothing is sent twice. Errors: as `sendTransaction`.
 */
export async function sendOnce(
  sender: Sender,
  intent: string,
  prepare: () => Promise<WantedTransaction>,
): Promise<SettledTransaction> {
  const found = (await finishFound(sender)).find((one) => one.intent === intent)
  return found ?? (await sendTransaction(sender, await prepare()))
}

/**
 * Sends, and resolves once the transaction is in a block deep enough. Errors: `wrong-state` when it would fail, did fail, or
 * costs too much; `timed-out` and `cancelled` while it goes on by itself; `unavailable`.
 */
export async function sendTransaction(sender: Sender, wanted: WantedTransaction): Promise<SettledTransaction> {
  const gasLimit = await estimateGas(sender, wanted)
  const fees = await readFees(sender.provider, sender.maxFee)
  const nonce = await nextNonce(sender)
  const draft = { ...wanted, nonce, gasLimit }
  const first = await signAttempt(sender, draft, fees)
  const entry: JournalEntry = { ...draft, attempts: [first] }
  // Another command of this account was faster: its transaction first, then ours.
  if (!(await sender.journal.add(entry))) return await sendOnce(sender, wanted.intent, async () => wanted)
  await broadcastNew(sender, nonce, first)
  const settled = await settle(sender, entry)
  if (settled) return { ...settled, wasFound: false }
  throw new SnetError(
    'wrong-state',
    `another transaction of ${sender.account.address} took the place of the ${wanted.what}`,
    { hint: 'Whoever else uses this account sent it. Run the command again.' },
  )
}

/** Sees to its end whatever an interrupted command of this account has sent. */
export async function finishFound(sender: Sender): Promise<SettledTransaction[]> {
  const settled: SettledTransaction[] = []
  for (const entry of await sender.journal.list()) {
    sender.tell(`Going on with the ${entry.what} of an interrupted command: ${entry.attempts.at(-1)?.hash ?? ''}`)
    const end = await settle(sender, entry)
    if (end) settled.push({ ...end, wasFound: true })
    else sender.tell(`Another transaction took the place of the ${entry.what}.`)
  }
  return settled
}

/** Gas is used by what the chain is then, not by what it is now. */
const GAS_ROOM = { numerator: 5n, denominator: 4n }

async function estimateGas({ provider, account }: Sender, { to, data, what }: WantedTransaction): Promise<bigint> {
  try {
    const gas = await provider.estimateGas({ from: account.address, to, data })
    return (gas * GAS_ROOM.numerator) / GAS_ROOM.denominator
  } catch (cause) {
    const { code } = cause as { code?: string }
    if (code !== 'CALL_EXCEPTION' && code !== 'INSUFFICIENT_FUNDS') return await onChain(Promise.reject(cause as Error))
    throw new SnetError('wrong-state', `the ${what} would fail, nothing was sent: ${shortReason(cause)}`, { cause })
  }
}

async function nextNonce({ provider, account, tell }: Sender): Promise<number> {
  const [inBlocks, withWaiting] = await onChain(
    Promise.all([
      provider.getTransactionCount(account.address, 'latest'),
      provider.getTransactionCount(account.address, 'pending'),
    ]),
  )
  const waiting = withWaiting - inBlocks
  if (waiting > 0) {
    tell(`${waiting} other transactions of ${account.address} are in no block yet; this one goes behind them.`)
  }
  return Math.max(inBlocks, withWaiting)
}

/** What the node refuses at once, for want of money, was never sent. */
async function broadcastNew(sender: Sender, nonce: number, first: Attempt): Promise<void> {
  try {
    await broadcast(sender, first)
  } catch (fault) {
    if (fault instanceof SnetError && fault.kind === 'wrong-state') await sender.journal.remove(nonce)
    throw fault
  }
}
