import { SnetError } from '../../../shared/errors.js'
import { incorrectSignature } from '../../../shared/incorrect-signature.js'
import type { Live } from '../../../shared/live.js'
import { holdsByBlock, isRecentBlock, type NewestBlock, signatureExpired } from '../../../shared/recent-block.js'
import type { Address } from '../../../shared/units.js'
import type { CallerAuthentication } from '../../../shared/wire/index.js'

export interface AuthenticationDeps {
  /** Who may ask; nobody where the list is empty. */
  readonly operators: Live<readonly Address[]>
  /** Undefined where there is no chain: then a signature is good for ever. */
  readonly blocks: NewestBlock | undefined
  /** Lets a change through that was signed at this block. Error: `unauthenticated` after one that was signed later. */
  readonly admitChange: (block: bigint) => Promise<void>
}

/** Who signed a request, given the block that it names; undefined when nobody did. */
export type Recover = (block: bigint, signature: Uint8Array) => Address | undefined

/** Lets operators in, by their signatures (snet-wire 1.5). */
export class Authentication {
  readonly #deps: AuthenticationDeps

  constructor(deps: AuthenticationDeps) {
    this.#deps = deps
  }

  /** Error: `unauthenticated`. */
  async requireOperator(auth: CallerAuthentication | null | undefined, recover: Recover): Promise<void> {
    await this.#require(auth, recover)
  }

  /** The same for a request that changes something. Error: `unauthenticated`, also after a change that was signed later. */
  async requireChange(auth: CallerAuthentication | null | undefined, recover: Recover): Promise<void> {
    await this.#deps.admitChange(await this.#require(auth, recover))
  }

  async #require(auth: CallerAuthentication | null | undefined, recover: Recover): Promise<bigint> {
    if (!auth) throw refused('the request has no auth')
    const block = BigInt(auth.current_block ?? '0')
    const signature = auth.signature ?? new Uint8Array()
    await this.#requireRecent(block)
    const signer = recover(block, signature)
    if (!signer) throw refused(incorrectSignature(signature))
    if (!this.#deps.operators.current.includes(signer))
      throw refused(`unauthorized access, ${signer} is not authorized`)
    return this.#deps.blocks ? block : 0n
  }

  async #requireRecent(block: bigint): Promise<void> {
    const { blocks } = this.#deps
    const isRecent = !blocks || (await holdsByBlock(blocks, (now) => isRecentBlock(block, now)))
    if (!isRecent) throw signatureExpired()
  }
}

const refused = (text: string): SnetError =>
  new SnetError('unauthenticated', text, {
    hint: 'Sign the name of the method and the newest block with the key of one of authentication_addresses.',
  })
