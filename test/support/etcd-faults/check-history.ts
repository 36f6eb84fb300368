/**
 * What clients of a group of replicas have seen of one channel, judged by a model: a register that goes from one amount
 * to the next, a price higher, once for each accepted payment. Nothing is known here of daemons, etcd or faults.
 */

/** What became of one signed payment, as its client knows. */
export type Outcome =
  /** The answer was delivered and the call ended OK. */
  | 'ok'
  /** The daemon said no: the payment is not kept. */
  | 'refused'
  /** The call ended so that it may have been kept or not. */
  | 'unknown'

/** Times are of one steady clock, in milliseconds. */
interface Span {
  readonly channel: bigint
  readonly start: number
  readonly end: number
}

export interface Payment extends Span {
  readonly kind: 'payment'
  /** What was signed: the total of the channel with this call. */
  readonly amount: bigint
  readonly outcome: Outcome
}

export interface Reading extends Span {
  readonly kind: 'reading'
  /** What the group said was authorised. */
  readonly amount: bigint
}

export type Event = Payment | Reading

export interface History {
  readonly price: bigint
  readonly events: readonly Event[]
  /** From when on nothing was disturbed any more, until the next disturbance, if any. */
  readonly healed: readonly { readonly at: number; readonly until: number }[]
  /** How long after that a channel may stay unusable. */
  readonly usableWithinMs: number
}

/** One line for each thing that no group of correct replicas could have shown. */
export function checkHistory({ price, events, healed, usableWithinMs }: History): string[] {
  const channels = [...new Set(events.map(({ channel }) => channel))]
  return channels.flatMap((channel) => {
    const own = events.filter((event) => event.channel === channel)
    const payments = own.filter((event) => event.kind === 'payment')
    const readings = own.filter((event) => event.kind === 'reading')
    return [
      ...findDoubled(payments),
      ...findGaps(payments, price),
      ...findSteps(payments),
      ...findLost(payments, readings),
      ...findPhantoms(payments, readings),
      ...findFalls(readings),
      ...findStuck(payments, healed, usableWithinMs),
    ].map((fault) => `channel ${channel}: ${fault}`)
  })
}

const accepted = (payments: readonly Payment[]): Payment[] => payments.filter(({ outcome }) => outcome === 'ok')
const perhapsAccepted = (payments: readonly Payment[]): Payment[] =>
  payments.filter(({ outcome }) => outcome !== 'refused')

/** One signed amount buys one call. */
function findDoubled(payments: readonly Payment[]): string[] {
  const count = new Map<bigint, number>()
  for (const { amount } of accepted(payments)) count.set(amount, (count.get(amount) ?? 0) + 1)
  return [...count].filter(([, times]) => times > 1).map(([amount, times]) => `${amount} was sold ${times} times`)
}

/** Income is the price exactly: an amount is accepted on the one below it, which was perhaps accepted before it ended. */
function findGaps(payments: readonly Payment[], price: bigint): string[] {
  return accepted(payments).flatMap(({ amount, end }) => {
    const isOnGround =
      amount === price ||
      perhapsAccepted(payments).some((below) => below.amount === amount - price && below.start < end)
    return isOnGround ? [] : [`${amount} was accepted although ${amount - price} never was`]
  })
}

/** Amounts only grow: a lower one is not accepted once a higher one was. */
function findSteps(payments: readonly Payment[]): string[] {
  return accepted(payments).flatMap((late) =>
    accepted(payments)
      .filter((early) => early.end < late.start && early.amount >= late.amount && early !== late)
      .map(({ amount }) => `${late.amount} was accepted after ${amount}`),
  )
}

/** Whatever was accepted is seen by everybody who asks afterwards. */
function findLost(payments: readonly Payment[], readings: readonly Reading[]): string[] {
  return readings.flatMap((reading) =>
    accepted(payments)
      .filter(({ amount, end }) => end < reading.start && amount > reading.amount)
      .map(({ amount }) => `${amount} was accepted and is lost: ${reading.amount} was read later`),
  )
}

/** What is read was signed by somebody, who had begun to pay and was not refused. */
function findPhantoms(payments: readonly Payment[], readings: readonly Reading[]): string[] {
  return readings
    .filter(
      ({ amount, end }) =>
        amount !== 0n && !perhapsAccepted(payments).some((paid) => paid.amount === amount && paid.start < end),
    )
    .map(({ amount }) => `${amount} was read and never paid`)
}

function findFalls(readings: readonly Reading[]): string[] {
  return readings.flatMap((late) =>
    readings
      .filter((early) => early.end < late.start && early.amount > late.amount)
      .map(({ amount }) => `${late.amount} was read after ${amount}`),
  )
}

/** After each repair the channel sells again soon, if it was left in peace for that long. */
function findStuck(payments: readonly Payment[], healed: History['healed'], withinMs: number): string[] {
  return healed
    .filter(({ at, until }) => until - at >= withinMs)
    .filter(({ at }) => !accepted(payments).some(({ end }) => end >= at && end <= at + withinMs))
    .map(({ at }) => `nothing was accepted within ${withinMs} ms after ${Math.round(at)}`)
}
