import { BoundedMap } from '../../../shared/bounded-map.js'
import type { Clock } from '../../../shared/clock.js'
import type { Cid, PublicKey } from '../contract/keys.js'
import type { AcknowledgementStore } from '../contract/store.js'
import { MAX_EARLY_ACKS_OF_DEVICE } from '../limits.js'

interface Acknowledgement {
  readonly target: Cid
  readonly device: PublicKey
  readonly receivedAt: number
  readonly steadyAt: number
}

interface AckBookDeps {
  readonly store: AcknowledgementStore
  readonly clock: Clock
  /** Told of every acknowledgement that is of a run. */
  readonly onNews: (run: string) => void
}

/**
 * Matches acknowledgements with the sends of our tests. An acknowledgement may overtake Berty's answer, which tells the cid
 * of the message: so those of unknown messages are kept while a send is under way.
 */
export class AckBook {
  readonly #group: string
  readonly #store: AcknowledgementStore
  readonly #clock: Clock
  readonly #onNews: (run: string) => void
  readonly #early = new Map<PublicKey, BoundedMap<Cid, Acknowledgement>>()
  #sending = 0

  constructor(group: string, { store, clock, onNews }: AckBookDeps) {
    this.#onNews = onNews
    this.#group = group
    this.#store = store
    this.#clock = clock
  }

  /** Resolves when it is on disk; nothing to do for what no test of ours has sent. */
  async add({ target, device, receivedAt }: Omit<Acknowledgement, 'steadyAt'>): Promise<boolean> {
    const ack = { target, device, receivedAt, steadyAt: this.#clock.steadyUs() }
    if (this.#store.findSend(this.#group, target)) return this.#put(ack)
    if (this.#sending > 0) this.#keepEarly(ack)
    return false
  }

  beginSend(): void {
    this.#sending++
  }

  /** A send has its outcome, and its cid is known to the store. */
  async endSend(cid: Cid | undefined): Promise<void> {
    this.#sending--
    const early = [...this.#early.values()]
    const ours = cid === undefined ? [] : early.flatMap((ofDevice) => ofDevice.get(cid) ?? [])
    if (this.#sending === 0) this.#early.clear()
    for (const ofDevice of early) if (cid !== undefined) ofDevice.delete(cid)
    await Promise.all(ours.map((ack) => this.#put(ack)))
  }

  #keepEarly(ack: Acknowledgement): void {
    const ofDevice = this.#early.get(ack.device) ?? new BoundedMap<Cid, Acknowledgement>(MAX_EARLY_ACKS_OF_DEVICE)
    this.#early.set(ack.device, ofDevice)
    ofDevice.set(ack.target, ack)
  }

  async #put({ target, device, receivedAt, steadyAt }: Acknowledgement): Promise<boolean> {
    const send = this.#store.findSend(this.#group, target)
    if (!send) return false
    const { run, test, handedOverAt } = send
    this.#onNews(run)
    const roundTripUs = handedOverAt === undefined ? {} : { roundTripUs: Math.round(steadyAt - handedOverAt) }
    await this.#store.putAck(run, test, { group: this.#group, cid: target, device, receivedAt, ...roundTripUs })
    return true
  }
}
