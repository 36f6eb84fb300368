import { channelStateMessage, paymentMessage, signMessage } from '../../../src/ethereum/index.js'
import {
  type Address,
  bigEndian,
  blockNumber,
  channelId,
  channelNonce,
  cogs,
  uint256Bytes,
} from '../../../src/shared/units.js'
import { type ChannelStateReply, escrowHeaders, loadStateService } from '../../../src/shared/wire/index.js'
import { asLines, framed } from '../by-hand.js'
import type { AttackPlan, ChannelBook, Place } from './plan.js'

/** One channel and what is known of it: it is paid with by one attack at a time. */
export class Book {
  /** What the daemon knew when it was last asked. */
  base = 0n
  confirmed = 0n
  signed = 0n
  #isBegun = false

  constructor(
    readonly channel: bigint,
    readonly plan: AttackPlan,
  ) {}

  /** What the daemon tells first is where this book begins: others paid before. */
  begin({ amount }: Kept): void {
    if (!this.#isBegun) this.confirmed = this.signed = amount
    this.#isBegun = true
    this.base = amount
  }

  get next(): bigint {
    return this.base + BigInt(this.plan.price)
  }

  /** Header lines that pay for one call. */
  pay(amount = this.next): Record<string, string> {
    if (amount > this.signed) this.signed = amount
    const payment = { channel: channelId(this.channel), nonce: channelNonce(0n), amount: cogs(amount) }
    const signature = signMessage(keyOf(this.plan), paymentMessage(this.plan.mpe as Address, payment))
    return asLines(escrowHeaders({ ...payment, signature }))
  }

  /** An answer came for this amount. */
  confirm(amount: bigint): void {
    if (amount > this.confirmed) this.confirmed = amount
  }

  /** The question for this channel's state, ready to send. */
  question(): Buffer {
    const block = blockNumber(BigInt(this.plan.block))
    const id = channelId(this.channel)
    const request = {
      channel_id: uint256Bytes(id),
      signature: signMessage(keyOf(this.plan), channelStateMessage(this.plan.mpe as Address, id, block)),
      current_block: String(block),
    }
    return framed(loadStateService().service['GetChannelState']?.requestSerialize(request) as Buffer)
  }
}

const keyOf = ({ key }: AttackPlan): Uint8Array => Buffer.from(key.slice(2), 'hex')

/** What a daemon keeps of a channel. */
export interface Kept {
  readonly amount: bigint
  readonly signature: Uint8Array
}

/** What an answer to `question` says. */
export function keptIn(answer: Buffer): Kept {
  const PREFIX_BYTES = 5
  const { GetChannelState } = loadStateService().service
  const reply = GetChannelState?.responseDeserialize(answer.subarray(PREFIX_BYTES)) as ChannelStateReply
  return {
    amount: bigEndian(reply.current_signed_amount ?? new Uint8Array()),
    signature: reply.current_signature ?? new Uint8Array(),
  }
}

/** All channels that can be paid with. */
export class Books {
  readonly #all: { place: Place['name']; book: Book }[]
  readonly #lent = new Set<Book>()
  readonly #find: (what: string) => void

  constructor(plan: AttackPlan, find: (what: string) => void) {
    this.#find = find
    this.#all = plan.places.flatMap(({ name: place }) =>
      (plan.channels[place] ?? []).map((channel) => ({ place, book: new Book(BigInt(channel), plan) })),
    )
  }

  /** Lends a channel for a while; nothing is done when none is free, or when the daemon does not tell its state. */
  async lend(
    place: Place,
    readState: (book: Book) => Promise<Kept | undefined>,
    use: (book: Book) => Promise<unknown>,
  ): Promise<void> {
    const book = this.#all.find((one) => one.place === place.name && !this.#lent.has(one.book))?.book
    if (!book) return
    this.#lent.add(book)
    try {
      const kept = await readState(book)
      if (kept === undefined) return
      book.begin(kept)
      this.#check(place, book, kept.amount)
      await use(book)
    } finally {
      this.#lent.delete(book)
    }
  }

  #check({ name }: Place, { channel, confirmed, signed }: Book, kept: bigint): void {
    if (kept < confirmed) this.#find(`channel ${channel} of "${name}": answered for ${confirmed}, ${kept} are kept`)
    if (kept > signed) this.#find(`channel ${channel} of "${name}": ${kept} are kept, ${signed} were signed`)
  }

  toReport(): ChannelBook[] {
    return this.#all.map(({ place, book: { channel, confirmed, signed } }) => ({
      ...{ place, channel: String(channel), confirmed: String(confirmed), signed: String(signed) },
    }))
  }
}
