import { found, type StoredValue } from './answers.js'
import type { EtcdClient } from './client.js'
import { Refused, toFault, Unanswered } from './faults.js'
import { get } from './operations.js'
import { Turns } from './turns.js'

export type StoredValues = readonly (StoredValue | undefined)[]

interface Reading {
  readonly keys: readonly string[]
  readonly deadline: number
  readonly done: (values: StoredValues) => void
  readonly fail: (fault: unknown) => void
}

const MOST_KEYS = 100
/** Reads what is asked for in one turn of the event loop, and while others read, in one question. */
export class Reads {
  readonly #client: EtcdClient
  readonly #turns = new Turns<Reading>(
    (waiting) => this.#takeSome(waiting),
    (taken) => this.#read(taken),
  )
  #most = MOST_KEYS

  constructor(client: EtcdClient) {
    this.#client = client
  }

  /** The keys as they are at one moment. Errors: `Unanswered` when the time is over, `Refused`, `Unwritten`. */
  get(keys: readonly string[], deadline = this.#client.deadline()): Promise<StoredValues> {
    return new Promise((done, fail) => {
      this.#turns.add({ keys, deadline, done, fail })
    })
  }

  #takeSome(waiting: Set<Reading>): Reading[] {
    const taken: Reading[] = []
    let keys = 0
    for (const reading of waiting) {
      keys += reading.keys.length
      if (taken.length > 0 && keys > this.#most) break
      taken.push(reading)
      waiting.delete(reading)
    }
    return taken
  }

  async #read(readings: readonly Reading[]): Promise<void> {
    const keys = readings.flatMap((reading) => reading.keys)
    const deadline = Math.max(...readings.map((reading) => reading.deadline))
    try {
      const { answers } = await this.#client.retry(deadline, (timeoutMs) =>
        this.#client.txn({ success: keys.map(get) }, timeoutMs),
      )
      const values = answers.map(found)
      let from = 0
      for (const reading of readings) reading.done(values.slice(from, (from += reading.keys.length)))
    } catch (thrown) {
      const fault = toFault(thrown)
      if (readings.length === 1 || fault instanceof Unanswered) {
        for (const reading of readings) reading.fail(fault)
        return
      }
      const half = Math.ceil(readings.length / 2)
      if (fault instanceof Refused && fault.isTooMany) this.#most = Math.min(this.#most, Math.ceil(keys.length / 2))
      await this.#read(readings.slice(0, half))
      await this.#read(readings.slice(half))
    }
  }
}
