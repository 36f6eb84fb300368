import type { Connection } from '../call.js'

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

interface Entry {
  readonly connection: Connection
  readonly cut: () => void
  bytes: number
  isCut: boolean
}

interface Account {
  bytes: number
  /** In the order in which they began to have something unread. */
  readonly entries: Set<Entry>
}

/** Time in which a stream that was cut gives back its bytes; what is left then is stuck in its connection. */
const STUCK_MS = 1_000

/**
 * The bytes of answers that are still with us, over all and per connection. Above a limit whoever has had something
 * unread for longest is cut, whether he has paid or not: those who take their answers never have it for long.
 */
export class UnreadAnswers {
  readonly #limits: UnreadLimits
  readonly #all: Account = { bytes: 0, entries: new Set() }
  readonly #byConnection = new Map<Connection, Account>()

  constructor(limits: UnreadLimits) {
    this.#limits = limits
  }

  get bytes(): number {
    return this.#all.bytes
  }

  /** @param cut ends the answer at once and lets go of its bytes */
  open(connection: Connection, cut: () => void): UnreadAnswer {
    const entry: Entry = { connection, cut, bytes: 0, isCut: false }
    return {
      get bytes() {
        return entry.bytes
      },
      add: (bytes) => this.#change(entry, bytes),
      remove: (bytes) => this.#change(entry, -bytes),
    }
  }

  #change(entry: Entry, bytes: number): void {
    entry.bytes += bytes
    if (entry.isCut) return
    const ofConnection = this.#accountOf(entry.connection)
    this.#enter(entry, bytes, ofConnection)
    this.#cutOldest(ofConnection, this.#limits.bytesPerConnection)
    this.#cutOldest(this.#all, this.#limits.bytes)
  }

  #accountOf(connection: Connection): Account {
    const known = this.#byConnection.get(connection)
    if (known) return known
    const account: Account = { bytes: 0, entries: new Set() }
    this.#byConnection.set(connection, account)
    return account
  }

  #enter(entry: Entry, bytes: number, ofConnection: Account): void {
    for (const account of [this.#all, ofConnection]) {
      account.bytes += bytes
      if (entry.bytes > 0 && !entry.isCut) account.entries.add(entry)
      else account.entries.delete(entry)
    }
    if (ofConnection.entries.size === 0) this.#byConnection.delete(entry.connection)
  }

  #cutOldest(account: Account, max: number): void {
    for (const entry of account.entries) {
      if (account.bytes <= max) return
      entry.isCut = true
      this.#enter(entry, -entry.bytes, this.#accountOf(entry.connection))
      entry.cut()
      setTimeout(() => entry.bytes > 0 && entry.connection.cut(), STUCK_MS).unref()
    }
  }
}
