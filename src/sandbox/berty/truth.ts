/** How a message fared at one other member. */
export interface MemberFate {
  /** Whether the sender had written its chain key for the member before it sent: only then is delivery expected. */
  readonly keyed: boolean
  /** `withheld`: it has arrived and waits for the sender's key. `blocked`: its size, or an earlier message, stops it. */
  state: 'unkeyed' | 'pending' | 'blocked' | 'withheld' | 'delivered' | 'lost'
  /** By the network's clock. */
  deliveredAt?: number
  /** Grows with every delivery anywhere, so it tells which of two came first. */
  place?: number
  /** How often it came again: under a second id, or a second time in one stream. */
  duplicates: number
  /** How many of those came in streams only: lists have the event once. */
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
  /** The text form, as in the answers of Interact. */
  readonly cid: string
  readonly counter: string
  /** The bytes that the sender gave to Berty: an AppMessage, or junk. */
  readonly message: Buffer
  readonly size: number
  /** Id of the message that an acknowledgement is for. */
  readonly target?: string | undefined
  readonly sentAt: number
  readonly members: Map<string, MemberFate>
}

/** Sums over all messages, also those that are no longer kept one by one. */
export interface TruthCounts {
  sent: number
  sentUser: number
  sentAcknowledge: number
  /** Counted for each member: a message that reached two members counts twice. */
  delivered: number
  deliveredUser: number
  lost: number
  unkeyed: number
  duplicates: number
  /** How many of the duplicates came in streams only. */
  repeats: number
}

export interface Truth {
  readonly counts: Readonly<TruthCounts>
  /** In the order of sending; only the newest if there is a limit. */
  readonly messages: readonly MessageRecord[]
}

/** Records what really happens, for comparison with what others measure. */
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
