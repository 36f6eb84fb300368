/** How a message stands with one other member. */
export interface MemberFate {
  /** The sender had written its chain key for the member before it sent: only then is delivery to be expected. */
  readonly keyed: boolean
  /** `withheld`: arrived, and waits for the sender's chain key. `blocked`: held back by its size, or by what it follows. */
  state: 'unkeyed' | 'pending' | 'blocked' | 'withheld' | 'delivered' | 'lost'
  /** On the network's clock. */
  deliveredAt?: number
  /** Grows with every delivery anywhere: which of two came first. */
  place?: number
  /** Second ids, and second copies within one stream. */
  duplicates: number
  /** Those of them that are second copies within one stream: lists have the event once. */
  repeats: number
}

export type MessageKind = 'user' | 'acknowledge' | 'junk' | 'other'

export interface MessageRecord {
  readonly kind: MessageKind
  /** Lower-case hex. */
  readonly group_pk: string
  readonly device_pk: string
  /** Name of the peer that sent it. */
  readonly sender: string
  /** Text form, as Interact answers it. */
  readonly cid: string
  readonly counter: string
  /** What the sender gave to Berty: an AppMessage, or junk. */
  readonly message: Buffer
  readonly size: number
  /** Id of the message that an acknowledgement is for. */
  readonly target?: string | undefined
  readonly sentAt: number
  readonly members: Map<string, MemberFate>
}

/** Sums over everything that happened, also of what is no longer kept one by one. */
export interface TruthCounts {
  sent: number
  sentUser: number
  sentAcknowledge: number
  /** Message and member: each counts for itself. */
  delivered: number
  deliveredUser: number
  lost: number
  unkeyed: number
  duplicates: number
  /** Those of the duplicates that streams alone have shown. */
  repeats: number
}

export interface Truth {
  readonly counts: Readonly<TruthCounts>
  /** In the order of sending; only the last ones when a limit was set. */
  readonly messages: readonly MessageRecord[]
}

/** What really happened, to compare with what somebody measured. */
export class TruthBook {
  readonly counts: TruthCounts = {
    ...{ sent: 0, sentUser: 0, sentAcknowledge: 0, delivered: 0, deliveredUser: 0 },
    ...{ lost: 0, unkeyed: 0, duplicates: 0, repeats: 0 },
  }
  #messages: MessageRecord[] = []
  #places = 0

  /** @param most how many messages are kept one by one */
  constructor(private readonly most: number) {}

  get truth(): Truth {
    return { counts: { ...this.counts }, messages: this.#messages.slice(-this.most) }
  }

  sent(message: Omit<MessageRecord, 'members'>): MessageRecord {
    const record = { ...message, members: new Map<string, MemberFate>() }
    this.counts.sent++
    if (record.kind === 'user') this.counts.sentUser++
    if (record.kind === 'acknowledge') this.counts.sentAcknowledge++
    if (this.most > 0) this.#messages.push(record)
    if (this.#messages.length > 2 * this.most) this.#messages = this.#messages.slice(-this.most)
    return record
  }

  addressed(record: MessageRecord, member: string, keyed: boolean): void {
    if (!keyed) this.counts.unkeyed++
    record.members.set(member, { keyed, state: keyed ? 'pending' : 'unkeyed', duplicates: 0, repeats: 0 })
  }

  moved(record: MessageRecord | undefined, member: string, state: MemberFate['state'], at: number): void {
    const fate = record?.members.get(member)
    if (!record || !fate || fate.state === state) return
    fate.state = state
    if (state === 'lost') this.counts.lost++
    if (state !== 'delivered') return
    fate.deliveredAt = at
    fate.place = this.#places++
    this.counts.delivered++
    if (record.kind === 'user') this.counts.deliveredUser++
  }

  duplicated(record: MessageRecord | undefined, member: string, how: 'second-id' | 'same-event'): void {
    const fate = record?.members.get(member)
    for (const tally of fate ? [this.counts, fate] : [this.counts]) {
      tally.duplicates++
      if (how === 'same-event') tally.repeats++
    }
  }
}
