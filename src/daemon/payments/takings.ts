import type { Reservation } from './reservation.js'

export interface MoneyCount {
  readonly payments: number
  readonly cogs: bigint
}

/** Counts what is being earned and what was earned, for whoever watches the daemon; the store is the truth. */
export class Takings {
  #inFlight: MoneyCount = { payments: 0, cogs: 0n }
  #kept: MoneyCount = { payments: 0, cogs: 0n }

  get inFlight(): MoneyCount {
    return this.#inFlight
  }

  get kept(): MoneyCount {
    return this.#kept
  }

  /** The same reservation, counted from now on until it is left. */
  follow(reservation: Reservation): Reservation {
    const { payer, income, lost } = reservation
    let isCounted = true
    this.#inFlight = plus(this.#inFlight, 1, income)
    const leave = (): void => {
      if (isCounted) this.#inFlight = plus(this.#inFlight, -1, 0n - income)
      isCounted = false
    }
    return {
      payer,
      income,
      lost,
      commit: async () => {
        await reservation.commit()
        leave()
        this.#kept = plus(this.#kept, 1, income)
      },
      [Symbol.asyncDispose]: async () => {
        await reservation[Symbol.asyncDispose]()
        leave()
      },
    }
  }
}

const plus = ({ payments, cogs }: MoneyCount, more: number, income: bigint): MoneyCount => ({
  payments: payments + more,
  cogs: cogs + income,
})
