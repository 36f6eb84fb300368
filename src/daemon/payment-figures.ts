import { toSnetError } from '../shared/errors.js'
import type { Metrics } from './observability/index.js'
import type { Reservation } from './payments/index.js'

/** Who counts what becomes of payments. */
export interface PaymentFigures {
  /** The same reservation; the time of its commit is taken. */
  reserve(reserving: () => Promise<Reservation>): Promise<Reservation>
}

/** From a store in memory to one that a call waits for. */
const BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function countPayments(metrics: Metrics): PaymentFigures {
  const refused = metrics.counter({
    name: 'snetd_payments_refused_total',
    help: 'Payments that were not accepted, by the reason.',
    labels: ['reason'],
  })
  const reserved = metrics.histogram(
    {
      name: 'snetd_payment_check_seconds',
      help: 'From the headers of a payment until it is accepted: signature, hold and channel, and the chain where it is asked.',
    },
    BOUNDS,
  )()
  const committed = metrics.histogram(
    { name: 'snetd_storage_commit_seconds', help: 'Until an accepted payment is durable: the latency of the store.' },
    BOUNDS,
  )()
  return {
    async reserve(reserving) {
      const start = performance.now()
      let reservation: Reservation
      try {
        reservation = await reserving()
      } catch (thrown) {
        refused(reasonOf(thrown)).add()
        throw thrown
      }
      reserved.observe((performance.now() - start) / 1000)
      return timed(reservation, (seconds) => committed.observe(seconds))
    },
  }
}

/** The word that a rejection names, else the kind of the error: both are of lists that are closed. */
function reasonOf(thrown: unknown): string {
  const { kind, details } = toSnetError(thrown)
  return (kind === 'payment-rejected' && details['reason']) || kind
}

const timed = (reservation: Reservation, onCommit: (seconds: number) => void): Reservation => ({
  payer: reservation.payer,
  income: reservation.income,
  lost: reservation.lost,
  async commit() {
    const start = performance.now()
    await reservation.commit()
    onCommit((performance.now() - start) / 1000)
  },
  [Symbol.asyncDispose]: () => reservation[Symbol.asyncDispose](),
})
