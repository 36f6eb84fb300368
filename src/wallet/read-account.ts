import { toAddress } from '../ethereum/index.js'
import { type Balances, readBalances } from './balances.js'
import { openProvider } from './network.js'
import { type AccountSource, openAccount } from './open-account.js'
import { type EscrowPlace, findEscrow } from './published.js'

/** What an address, or the account that a key belongs to, has. Errors: as those of `findEscrow` and `readBalances`. */
export async function readAccount(rpc: string, at: EscrowPlace, of: AccountSource | string): Promise<Balances> {
  const address = typeof of === 'string' ? toAddress(of) : (await openAccount(of)).address
  using chain = await openProvider(rpc)
  const { provider } = chain
  return await readBalances(provider, await findEscrow(at, { provider }), address)
}
