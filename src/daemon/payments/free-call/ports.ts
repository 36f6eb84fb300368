/** What free calls need from the world, as `payments/ports.ts` has it for all that is paid. */
import type { Address } from '../../../shared/units.js'

/** Who makes free calls: an address, and a user of the one behind it where that is a trusted marketplace. */
export interface FreeCallUser {
  readonly address: Address
  /** Empty where the address calls for itself. */
  readonly userId: string
}

/** How many free calls a user of a service has made. */
export interface FreeCallCount extends FreeCallUser {
  readonly service: string
  readonly made: bigint
}

/** What is published of free calls. */
export interface FreeCallTerms {
  /** Calls that everybody has. */
  readonly quota: bigint
  /** Whose tokens count; undefined where no free calls are published. */
  readonly signer: Address | undefined
}

/** A caller as he spells himself: the text of the address is signed, letter case included. */
export interface FreeCallerText {
  readonly address: string
  readonly userId: string
}

/** Signs and reads what free calls are asked and paid with. Pure computation, no I/O. */
export interface FreeCallSignatures {
  /** The address whose tokens this daemon can make; undefined without a key. */
  readonly issuer: Address | undefined
  /** Layout S9, signed. Only where there is an issuer. */
  signToken(user: FreeCallUser, expiration: bigint): Uint8Array
  ofToken(user: FreeCallUser, expiration: bigint, signature: Uint8Array): Address | undefined
  /** Layout S8. */
  ofTokenRequest(caller: FreeCallerText, block: bigint, signature: Uint8Array): Address | undefined
  /** Layout S10. */
  ofUse(caller: FreeCallerText, block: bigint, token: Uint8Array, signature: Uint8Array): Address | undefined
  /** Any spelling of an address, with or without `0x`; undefined for what is none. */
  parseAddress(text: string): Address | undefined
}

/** What wallets hold of the token of the escrow contract. */
export interface TokenBalances {
  /** Whether it is at least so many whole tokens, not long ago. Error: `unavailable`. */
  holds(owner: Address, tokens: number): Promise<boolean>
}
