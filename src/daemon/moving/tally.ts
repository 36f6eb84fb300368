import type { ChannelRecord, PendingClaim } from '../payments/index.js'
import type { Storage } from '../storage/index.js'

/** What can be claimed. */
export interface Money {
  /** Signed under the nonces of now. */
  readonly signed: bigint
  /** In claims that were begun. */
  readonly claims: bigint
}

/** Counts records and money while they pass. */
export class Tally {
  readonly #records = new Map<string, number>()
  #signed = 0n
  #claims = 0n

  channel({ authorized }: Pick<ChannelRecord, 'authorized'>): void {
    this.row('channel')
    this.#signed += authorized
  }

  claim({ amount }: Pick<PendingClaim, 'amount'>): void {
    this.row('claim')
    this.#claims += amount
  }

  row(record: string): void {
    this.#records.set(record, (this.#records.get(record) ?? 0) + 1)
  }

  get end(): Money & { readonly records: Readonly<Record<string, number>> } {
    return { records: Object.fromEntries(this.#records), signed: this.#signed, claims: this.#claims }
  }
}

/** The money of a whole store; what cannot be read counts nothing. */
export async function readMoney({ channels }: Pick<Storage, 'channels'>): Promise<Money> {
  const tally = new Tally()
  for await (const record of channels.list(ignore)) tally.channel(record)
  for await (const claim of channels.listClaims(ignore)) tally.claim(claim)
  return tally.end
}

const ignore = (): void => undefined
