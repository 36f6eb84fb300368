import type { Connection } from '../call.js'
import { Line, type Place } from '../../../shared/line.js'

export interface UnreadLimits {
  readonly bytes: number
  readonly bytesPerConnection: number
}

/** The account of one answer: how many of its bytes are still with us. */
export interface UnreadAnswer {
  readonly bytes: number
  add(bytes: number): void
  remove(bytes: number): void
}

interface Account {
  bytes: number
  /** In the order in which they began to have something unread. */
  readonly answers: Line<CountedAnswer>
}

const newAccount = (): Account => ({ bytes: 0, answers: new Line() })

/** Time in which a stream that was cut gives back its bytes; what is left then is stuck in its connection. */
const STUCK_MS = 1_000

/**
 * The bytes of answers that are still with us, over all and per connection. Above a limit whoever has had something
 * unread for longest is cut, whether he has paid or not: those who take their answers never have it for long.
 */
export class UnreadAnswers {
  readonly #limits: UnreadLimits
  readonly #all = newAccount()
  readonly #byConnection = new WeakMap<Connection, Account>()

  constructor(limits: UnreadLimits) {
    this.#limits = limits
  }

  get bytes(): number {
    return this.#all.bytes
  }

  /** @param cut ends the answer at once and lets go of its bytes */
  open(connection: Connection, cut: () => void): UnreadAnswer {
    return new CountedAnswer(this, this.#accountOf(connection), connection, cut)
  }

  /** For an answer: so many bytes of it more are unread, or less. */
  change(answer: CountedAnswer, bytes: number): void {
    this.#enter(answer, bytes)
    this.#cutOldest(answer.account, this.#limits.bytesPerConnection)
    this.#cutOldest(this.#all, this.#limits.bytes)
  }

  #accountOf(connection: Connection): Account {
    const known = this.#byConnection.get(connection)
    if (known) return known
    const account = newAccount()
    this.#byConnection.set(connection, account)
    return account
  }

  #enter(answer: CountedAnswer, bytes: number): void {
    const { account } = answer
    account.bytes += bytes
    this.#all.bytes += bytes
    const isIn = answer.bytes > 0 && !answer.isCut
    const { places } = answer
    if (isIn === (places !== undefined)) return
    if (places) {
      account.answers.leave(places.ofConnection)
      this.#all.answers.leave(places.ofAll)
      answer.places = undefined
    } else answer.places = { ofConnection: account.answers.join(answer), ofAll: this.#all.answers.join(answer) }
  }

  #cutOldest(account: Account, max: number): void {
    while (account.bytes > max) {
      const answer = account.answers.oldest
      if (!answer) return
      answer.isCut = true
      this.#enter(answer, -answer.bytes)
      answer.cut()
      setTimeout(() => answer.bytes > 0 && answer.connection.cut(), STUCK_MS).unref()
    }
  }
}

/** What is unread of one answer. */
class CountedAnswer implements UnreadAnswer {
  bytes = 0
  isCut = false
  /** Where it stands while something of it is unread. */
  places: { readonly ofConnection: Place<CountedAnswer>; readonly ofAll: Place<CountedAnswer> } | undefined
  readonly account: Account
  readonly connection: Connection
  readonly cut: () => void
  readonly #all: UnreadAnswers

  constructor(all: UnreadAnswers, account: Account, connection: Connection, cut: () => void) {
    this.#all = all
    this.account = account
    this.connection = connection
    this.cut = cut
  }

  add(bytes: number): void {
    this.bytes += bytes
    if (!this.isCut) this.#all.change(this, bytes)
  }

  remove(bytes: number): void {
    this.add(-bytes)
  }
}
