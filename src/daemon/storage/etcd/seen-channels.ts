import { BoundedMap } from '../../../shared/bounded-map.js'
import type { Address } from '../../../shared/units.js'
import type { ChannelRecord } from '../../payments/ports.js'
import type { StoredValue } from './answers.js'
import { decodeChannel } from './channel-values.js'

/** A record with its bytes, which need not be decoded again: most calls of a channel come to the same daemon. */
interface Seen {
  readonly bytes: Buffer
  readonly record: ChannelRecord
}

const MOST_SEEN = 4_096

/** Channels as this process last saw them, by their keys. */
export class SeenChannels {
  readonly #seen = new BoundedMap<string, Seen>(MOST_SEEN)
  readonly #toAddress: (text: string) => Address

  /** @param toAddress the EIP-55 spelling of an address */
  constructor(toAddress: (text: string) => Address) {
    this.#toAddress = toAddress
  }

  get(key: string): ChannelRecord | undefined {
    return this.#seen.get(key)?.record
  }

  set(key: string, bytes: Buffer, record: ChannelRecord): void {
    this.#seen.set(key, { bytes, record })
  }

  /** Error: `storage-failed` for what cannot be read. */
  decode(stored: StoredValue | undefined, key: string): ChannelRecord | undefined {
    if (!stored) return undefined
    const seen = this.#seen.get(key)
    if (seen?.bytes.equals(stored.value)) return seen.record
    const record = decodeChannel(stored.value, key, this.#toAddress)
    this.set(key, Buffer.from(stored.value), record)
    return record
  }
}
