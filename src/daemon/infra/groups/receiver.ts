import type { BertyMessage } from '../contract/berty.js'
import type { NewestLive } from '../contract/control.js'
import type { PublicKey } from '../contract/keys.js'
import type { ReceivingStore } from '../contract/store.js'
import { MAX_BODY_BYTES } from '../limits.js'
import { parseHeader } from '../message/index.js'
import type { AckBook } from './acknowledgements.js'
import { ArrivalOrder } from './arrival-order.js'

/** How many of the newest messages are read to learn where the senders' counters stood when the daemon ended. */
const REMEMBERED = 10_000

type UserMessage = BertyMessage & { readonly content: { readonly type: 'user' } }

interface ReceiverDeps {
  readonly store: ReceivingStore
  readonly acks: AckBook
  /** Called for every message that is read for the first time, with its run; undefined if it does not name one. */
  readonly onNews: (run: string | undefined) => void
}

/** Puts what comes in a group into the ledger, each event once. */
export class Receiver {
  readonly #acks: AckBook
  readonly #onNews: ReceiverDeps['onNews']
  readonly #group: string
  readonly #store: ReceivingStore
  readonly #order = new ArrivalOrder()
  #newestLive: NewestLive | undefined

  constructor(group: string, deps: ReceiverDeps) {
    this.#onNews = deps.onNews
    this.#group = group
    this.#store = deps.store
    this.#acks = deps.acks
    for (const { device, counter, isLive } of this.#store.readMessages({ group, newest: REMEMBERED }))
      if (isLive && counter !== undefined) this.#order.isLate(device, counter)
  }

  get newestLive(): NewestLive | undefined {
    return this.#newestLive
  }

  /**
   * Resolves when it is on disk, which nobody has to wait for. Error: `storage-failed`: it is not kept, and is new
   * still.
   */
  async take(message: BertyMessage, own: PublicKey): Promise<void> {
    const { cid, device, content } = message
    if (message.isRepeat) {
      if (content.type === 'user') await this.#store.addRepeat(this.#group, cid)
    } else if (!this.#store.isNew(this.#group, cid)) return
    else if (device === own || content.type === 'other') await this.#store.putSeen(this.#group, cid)
    else if (content.type === 'user') await this.#keep(message as UserMessage)
    else await this.#acknowledge(message, content.target)
  }

  async #acknowledge({ cid, device, receivedAt }: BertyMessage, target: BertyMessage['cid']): Promise<void> {
    const counted = this.#store.putAcknowledgement(this.#group, cid)
    await Promise.all([counted, this.#acks.add({ target, device, receivedAt })])
  }

  async #keep({ cid, device, counter, receivedAt, isLive, size, content }: UserMessage): Promise<void> {
    const header = parseHeader(content.body)
    this.#onNews(header?.run)
    if (isLive) this.#noteLive(device, header?.sentAt ?? (content.sentDateMs ?? 0) * 1_000)
    const isOutOfOrder = isLive && this.#order.isLate(device, counter)
    // The text of a test says no more than its header, and there are millions of them.
    const body = header ? '' : cut(content.body)
    await this.#store.putReceived(
      {
        ...{ group: this.#group, cid, device, counter, receivedAt, size, isLive, isOutOfOrder, repeats: 0 },
        ...(header && { run: header.run, test: header.test, sequence: header.sequence }),
      },
      { body, sentDateMs: content.sentDateMs },
    )
  }

  #noteLive(device: PublicKey, sentAt: number): void {
    if (sentAt > (this.#newestLive?.sentAt ?? 0)) this.#newestLive = { device, sentAt }
  }
}

const cut = (body: string): string =>
  Buffer.byteLength(body) <= MAX_BODY_BYTES ? body : Buffer.from(body).subarray(0, MAX_BODY_BYTES).toString()
