import type { SnetError } from '../../shared/errors.js'
import type { ImportStorageReplyMessage, StorageFaultMessage } from '../../shared/wire/index.js'
import type { Merged } from './merge-in.js'
import type { Money } from './tally.js'

/** So many are named. */
const MOST_NAMED = 1_000

interface At {
  readonly record: string
  readonly key: string
}

/** What an import made of the records that came. */
export class Findings {
  readonly #records = new Map<string, { read: number; added: number; raised: number }>()
  readonly #named: StorageFaultMessage[] = []
  #faults = 0
  #busy = 0

  count(at: At, { outcome, fault }: Merged): void {
    const counts = this.#of(at)
    if (outcome === 'added' || outcome === 'raised') counts[outcome] += 1
    if (fault) this.#name({ ...at, ...fault, kept: outcome !== 'left out' })
  }

  busy(at: At, { message }: SnetError): void {
    this.#of(at)
    this.#busy += 1
    this.#name({ ...at, fault: message, cure: 'Run the same again once that call has ended.' })
  }

  reply(before: Money, after: Money): ImportStorageReplyMessage {
    const records = [...this.#records].map(([record, { read, added, raised }]) => ({
      record,
      read: String(read),
      added: String(added),
      raised: String(raised),
    }))
    return {
      records,
      before: toMessage(before),
      after: toMessage(after),
      left_out: this.#named,
      left_out_in_all: String(this.#faults),
      busy: String(this.#busy),
    }
  }

  #of({ record }: At): { read: number; added: number; raised: number } {
    const counts = this.#records.get(record) ?? { read: 0, added: 0, raised: 0 }
    this.#records.set(record, counts)
    counts.read += 1
    return counts
  }

  #name(fault: StorageFaultMessage): void {
    this.#faults += 1
    if (this.#named.length < MOST_NAMED) this.#named.push(fault)
  }
}

const toMessage = ({ signed, claims }: Money) => ({ signed: String(signed), claims: String(claims) })
