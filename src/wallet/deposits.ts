import { escrowInterface } from '../ethereum/interfaces/index.js'
import { SnetError } from '../shared/errors.js'
import type { Address, Cogs } from '../shared/units.js'
import { readNumber, readToken, tokenInterface } from './balances.js'
import type { Sender, SettledTransaction } from './sender.js'
import { finishFound, sendOnce, sendTransaction } from './transactions.js'

/** Moves tokens from the account to its balance at the escrow contract. Error: `wrong-state` when it has too few. */
export async function depositTokens(sender: Sender, escrow: Address, amount: Cogs): Promise<SettledTransaction> {
  const intent = `deposit ${escrow} ${amount}`
  return await sendOnce(sender, intent, async () => {
    await approve(sender, escrow, amount)
    const data = escrowInterface.encodeFunctionData('deposit', [amount])
    return { intent, what: `deposit of ${amount} cogs`, to: escrow, data }
  })
}

/**
 * Moves tokens from the balance at the escrow contract to the account; undefined where all of nothing is wanted. Error:
 * `wrong-state` when it has too few.
 */
export async function withdrawTokens(
  sender: Sender,
  escrow: Address,
  wanted: Cogs | 'all',
): Promise<SettledTransaction | undefined> {
  const intent = `withdraw ${escrow} ${wanted}`
  const found = (await finishFound(sender)).find((one) => one.intent === intent)
  if (found) return found
  const balance = await readDeposited(sender, escrow)
  if (wanted === 'all' && balance === 0n) return undefined
  const amount = wanted === 'all' ? balance : wanted
  if (balance < amount) {
    throw new SnetError(
      'wrong-state',
      `${sender.account.address} has ${balance} cogs at the escrow contract, ${amount} are wanted`,
      { hint: '"account show" tells what is where; what is in channels has to be claimed first.' },
    )
  }
  const data = escrowInterface.encodeFunctionData('withdraw', [amount])
  return await sendTransaction(sender, { intent, what: `withdrawal of ${amount} cogs`, to: escrow, data })
}

/** Deposits what the balance at the escrow contract lacks for `amount`; nothing of an interrupted command may wait. */
export async function depositMissing(sender: Sender, escrow: Address, amount: Cogs): Promise<void> {
  const missing = amount - (await readDeposited(sender, escrow))
  if (missing > 0n) await depositTokens({ ...sender, confirmations: 1 }, escrow, missing as Cogs)
}

const readDeposited = ({ provider, account }: Sender, escrow: Address): Promise<bigint> =>
  readNumber(provider, escrow, escrowInterface, 'balances', account.address)

/** Lets the escrow contract take this much, unless it may already. */
async function approve(sender: Sender, escrow: Address, amount: Cogs): Promise<void> {
  const { provider, account } = sender
  const token = await readToken(provider, escrow)
  const [owned, allowed] = await Promise.all([
    readNumber(provider, token.address, tokenInterface, 'balanceOf', account.address),
    readNumber(provider, token.address, tokenInterface, 'allowance', account.address, escrow),
  ])
  if (owned < amount) {
    throw new SnetError(
      'wrong-state',
      `${account.address} has ${owned} cogs of ${token.symbol}, ${amount} are needed`,
      {
        hint: 'Get tokens first.',
      },
    )
  }
  if (allowed >= amount) return
  await sendTransaction(
    { ...sender, confirmations: 1 },
    {
      intent: `approve ${token.address} ${escrow} ${amount}`,
      what: `approval of ${amount} cogs`,
      to: token.address,
      data: tokenInterface.encodeFunctionData('approve', [escrow, amount]),
    },
  )
}
