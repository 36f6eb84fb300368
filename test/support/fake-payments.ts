import { parseEscrow, type PaymentTable } from '../../src/daemon/gateway/index.js'
import type { HeaderList } from '../../src/daemon/gateway/header-list.js'
import type { PaidCall, Reservation } from '../../src/daemon/payments/index.js'
import { Cancellation } from '../../src/shared/cancellation.js'
import type { SnetError } from '../../src/shared/errors.js'
import { type Address, cogs } from '../../src/shared/units.js'

export const PAYER = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A' as Address

/** Payments that always accept; they tell what became of each reservation, and a test may hold up the commit. */
export class FakePayments implements PaymentTable {
  reserved = 0
  committed = 0
  released = 0
  open = 0
  /** Holds up whether a payment is taken. */
  beforeVerdict: (call: PaidCall) => Promise<void> = async () => undefined
  beforeCommit: () => Promise<void> = async () => undefined
  refuse: SnetError | undefined
  /** The method that is asked what each call costs, and what it answered. */
  askAt: string | undefined
  readonly quoted: bigint[] = []
  readonly #holds = new Set<LateLoss>()
  #onRelease: (() => void)[] = []

  async reserve(metadata: HeaderList, call: PaidCall): Promise<Reservation> {
    parseEscrow(metadata)
    await this.beforeVerdict(call)
    if (this.refuse) throw this.refuse
    await call.onPayer?.(PAYER)
    if (this.askAt !== undefined) this.quoted.push((await call.quote?.(this.askAt)) ?? -1n)
    this.reserved++
    this.open++
    const lost = new LateLoss()
    this.#holds.add(lost)
    return {
      payer: PAYER,
      income: cogs(10n),
      lost,
      commit: async () => {
        await this.beforeCommit()
        this.committed++
      },
      [Symbol.asyncDispose]: async () => {
        this.open--
        this.#holds.delete(lost)
        this.released++
        for (const done of this.#onRelease.splice(0)) done()
      },
    }
  }

  /** What a store does that can no longer prove its holds. */
  loseAll(reason: SnetError): void {
    for (const lost of this.#holds) lost.abort(reason)
  }

  /** The same, which nobody is told of before he asks: what a clock says that no timer has told yet. */
  loseSilently(reason: SnetError): void {
    for (const lost of this.#holds) lost.untold = reason
  }

  /** Resolves when the next reservation is left. */
  nextRelease(): Promise<void> {
    return new Promise((done) => this.#onRelease.push(done))
  }
}

class LateLoss extends Cancellation {
  untold: SnetError | undefined

  override get aborted(): boolean {
    if (this.untold) this.abort(this.untold)
    return super.aborted
  }
}
