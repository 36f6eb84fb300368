import { type Account, accountOfKey } from './account.js'
import { type KeySource, readKey } from './keys.js'
import { openRemoteSigner, type SignerAddress } from './remote-signer.js'

/** Where the key of an account lies. */
export type AccountSource = KeySource | SignerAddress

/** Errors: `invalid-config` when there is no key; what a remote signer has to say. */
export async function openAccount(source: AccountSource): Promise<Account> {
  return 'signer' in source ? await openRemoteSigner(source) : accountOfKey(await readKey(source))
}
