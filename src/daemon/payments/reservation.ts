import type { Cancelled } from '../../shared/cancellation.js'
import type { Address, Cogs } from '../../shared/units.js'

/** What payments need to know of the call that is paid for. */
export interface PaidCall {
  /** Full path, `/package.Service/Method`. */
  readonly method: string
  /** Over, and why, when nobody waits for the call any more. */
  readonly cancelled: Cancelled
  /**
   * Asks the service, by its method `at`, what this call costs. It takes its time: nothing may be held meanwhile. Errors:
   * what the client is to be told.
   */
  quote?(at: string): Promise<Cogs>
  /** The same for a call whose price is another's business than that of its method; it comes before `quote`. */
  price?(): Promise<Cogs>
  /**
   * Judges who pays: told once he has proved it, before the service is asked and anything is held. What it throws is what
   * the client is told.
   */
  readonly onPayer?: ((payer: Address) => Promise<void> | undefined) | undefined
}

/**
 * One call's right to be served. Leaving its scope without `commit` costs the client nothing: the same signed amount
 * works again.
 */
export interface Reservation extends AsyncDisposable {
  /** The owner of the funds: the channel's sender, also when a separate signer signed. Undefined where nobody pays. */
  readonly payer: Address | undefined
  /** What this call brings in. */
  readonly income: Cogs
  /** Aborts when the right to serve this call was lost; nothing more may then be delivered. */
  readonly lost: Cancelled
  /** Keeps the signed amount for good. The client may see success only after this has resolved. */
  commit(): Promise<void>
}
