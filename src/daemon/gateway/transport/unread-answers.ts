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

export interface AnswerOwner {
  /** Ends the answer at once and lets go of its bytes. */
  cut(): void
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
  readonly #onCut: () => void
  readonly #byConnection = new WeakMap<Connection, Account>()

  /** @param onCut is told of each answer that is cut */
  constructor(limits: UnreadLimits, onCut: () => void = () => undefined) {
    this.#limits = limits
    this.#onCut = onCut
  }

  get bytes(): number {
    return this.#all.bytes
  }

  open(connection: Connection, owner: AnswerOwner): UnreadAnswer {
    return new CountedAnswer(this, this.#accountOf(connection), connection, owner)
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
    const { ofConnection, ofAll } = answer
    if (isIn === (ofAll !== undefined)) return
    if (ofConnection && ofAll) {
      account.answers.leave(ofConnection)
      this.#all.answers.leave(ofAll)
      answer.ofConnection = answer.ofAll = undefined
    } else {
      answer.ofConnection = account.answers.join(answer)
      answer.ofAll = this.#all.answers.join(answer)
    }
  }

  #cutOldest(account: Account, max: number): void {
    while (account.bytes > max) {
      const answer = account.answers.oldest
      if (!answer) return
      answer.isCut = true
      this.#enter(answer, -answer.bytes)
      this.#onCut()
      answer.owner.cut()
      setTimeout(() => answer.bytes > 0 && answer.connection.cut(), STUCK_MS).unref()
    }
  }
}

/** What is unread of one answer. */
class CountedAnswer implements UnreadAnswer {
  bytes = 0
  isCut = false
  /** Where it stands while something of it is unread. */
  ofConnection: Place<CountedAnswer> | undefined
  ofAll: Place<CountedAnswer> | undefined
  readonly account: Account
  readonly connection: Connection
  readonly owner: AnswerOwner
  readonly #all: UnreadAnswers

  constructor(all: UnreadAnswers, account: Account, connection: Connection, owner: AnswerOwner) {
    this.#all = all
    this.account = account
    this.connection = connection
    this.owner = owner
  }

  add(bytes: number): void {
    this.bytes += bytes
    if (!this.isCut) this.#all.change(this, bytes)
  }

  remove(bytes: number): void {
    this.add(-bytes)
  }
}
