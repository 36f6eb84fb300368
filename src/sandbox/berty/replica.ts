import { createHash } from 'node:crypto'
import { BERTY, type BertyGroup } from '../../shared/wire/index.js'
import { bertyCodecs } from '../../shared/wire/grpc/index.js'
import { Bus } from './bus.js'
import type { Entry, Fact, Member } from './entry.js'
import type { EraTraits } from './eras.js'
import { EventList } from './event-list.js'
import { toFrame } from './grpc-frames.js'
import { cidOf, cidText, hex, type KeyPair, keyPairOf } from './keys.js'
import type { Load } from './load.js'
import type { Random, Range } from './random.js'
import type { Settings } from './settings.js'
import type { MessageKind, TruthBook } from './truth.js'

/** The process that a replica lives in. */
export interface Host {
  readonly name: string
  readonly traits: EraTraits
  readonly isUp: boolean
  /** The work of the current process, or of the last one. */
  readonly load: Load
  readonly peerId: string
  /** When the process started, by the network's clock. */
  readonly startedAt: number
  /** Its own clock, which may be wrong; milliseconds since 1970. */
  clock(): number
  /** Acts after a time: later if the process hangs by then, never if it has ended. */
  later(range: Range, act: () => void): void
}

/** What all replicas have around them. */
export interface World {
  readonly settings: Settings
  readonly book: TruthBook
  readonly keepMessages: number
  now(): number
  spread(entry: Entry): void
  /** To be called when a member has closed a group. */
  moved(): void
  /** To be called when a member of the group can receive and pass on events again. */
  reconcile(group: string): void
  keyWriteDelay(from: string, to: string): number
}

const CAUSAL_HEADS = 16

/** One peer's part in one group: its keys, its logs, and the devices that it can read. */
export class Replica implements Member {
  readonly group: string
  readonly member: KeyPair
  readonly device: KeyPair
  readonly memberKey: string
  readonly deviceKey: string
  readonly messages: EventList
  readonly metadata: EventList
  readonly buses = { messages: new Bus(), metadata: new Bus() }
  /** The members that we have learned of, by member key. */
  readonly #members = new Map<string, Member>()
  /** The members that we have written our key for. */
  readonly #keyed = new Set<string>()
  /** Those that we are about to write it for. */
  readonly #keying = new Set<string>()
  /** The devices whose messages we can read. */
  readonly #readable = new Set<string>()
  readonly #withheld = new Map<string, Entry[]>()
  #heads: Buffer[] = []
  #counter: bigint
  #serial = 0
  #isActive = false
  #isAnnounced = false

  constructor(
    readonly info: BertyGroup,
    readonly host: Host,
    readonly world: World,
    readonly random: Random,
  ) {
    this.group = hex(info.public_key)
    this.member = keyPairOf(random.bytes(32))
    this.device = keyPairOf(random.bytes(32))
    this.memberKey = hex(this.member.publicKey)
    this.deviceKey = hex(this.device.publicKey)
    this.messages = new EventList(world.keepMessages)
    this.metadata = new EventList(Math.max(world.keepMessages, 100_000))
    this.#counter = host.traits.countersStartAtOne ? 1n : random.uint64()
    this.#readable.add(this.deviceKey)
    this.#keyed.add(this.memberKey)
  }

  get name(): string {
    return this.host.name
  }

  get isActive(): boolean {
    return this.#isActive
  }

  get isOpen(): boolean {
    return this.#isActive && this.host.isUp
  }

  hasKeyFor(memberKey: string): boolean {
    return this.#keyed.has(memberKey)
  }

  /** Opens the group; does nothing if it is open. */
  activate({ isCreator = false } = {}): void {
    if (this.#isActive) return
    this.#isActive = true
    if (!this.#isAnnounced) this.#announce(isCreator)
    this.world.reconcile(this.group)
    this.#shareKeys()
  }

  deactivate(): void {
    this.#isActive = false
    this.world.moved()
    this.buses.messages.orphan()
    this.buses.metadata.orphan()
  }

  /** To be called when the store is gone, and with it the messages that waited for a key. */
  discard(): void {
    this.deactivate()
    for (const entry of [...this.#withheld.values()].flat()) this.world.book.moved(entry.record, this.name, 'lost', 0)
    this.#withheld.clear()
  }

  /** To be called after a restart of the process: the group stays open, and its lists come from disk. */
  reload(): void {
    this.messages.reload()
    this.metadata.reload()
    this.#keying.clear()
    if (this.#isActive) this.#shareKeys()
  }

  #announce(isCreator: boolean): void {
    this.#isAnnounced = true
    const device_pk = this.device.publicKey
    if (isCreator) this.writeMetadata(BERTY.event.initialMember, bertyCodecs.initialMember.encode({ device_pk }))
    const member_pk = this.member.publicKey
    const member_sig = this.member.sign(device_pk)
    const added = bertyCodecs.memberDeviceAdded.encode({ member_pk, device_pk, member_sig })
    const fact: Fact = { is: 'member-device', member: this.memberKey, device: this.deviceKey }
    this.writeMetadata(BERTY.event.memberDeviceAdded, added, fact)
    this.#writeKey(this.memberKey)
  }

  /** Writes our key after a while for every member that does not have it yet. */
  #shareKeys(): void {
    for (const [key, { name }] of this.#members) {
      if (this.#keyed.has(key) || this.#keying.has(key)) continue
      this.#keying.add(key)
      const extra = this.world.keyWriteDelay(this.name, name)
      const [least, most] = this.world.settings.keyWriteMs
      this.host.later([least + extra, most + extra], () => {
        this.#keying.delete(key)
        if (!this.#isActive) return
        this.#writeKey(key)
        const isRepeated = this.host.traits.repeatsChainKeys && this.random.chance(0.5)
        if (isRepeated) this.host.later([100, 600], () => this.#isActive && this.#writeKey(key))
      })
    }
  }

  #writeKey(member: string): void {
    const event = bertyCodecs.chainKeyAdded.encode({
      device_pk: this.device.publicKey,
      dest_member_pk: Buffer.from(member, 'hex'),
      payload: this.random.bytes(50),
    })
    this.#keyed.add(member)
    this.writeMetadata(BERTY.event.chainKeyAdded, event, { is: 'chain-key', device: this.deviceKey, member })
  }

  writeMetadata(type: number, event: Buffer, fact?: Fact): Entry {
    const id = this.#nextId('metadata')
    const metadata = { event_type: type, payload: event, sig: signatureOf(id) }
    const context = { id, group_pk: this.info.public_key ?? Buffer.alloc(0) }
    const frame = toFrame(bertyCodecs.metadataEvent.encode({ event_context: context, metadata, event }))
    const entry = this.#entry('metadata', { id, frame, size: event.length, parents: [], fact })
    this.#keep(entry)
    this.world.spread(entry)
    return entry
  }

  /** Appends a message to our own log, which lists it at once, and hands it to the network. */
  sendMessage(message: Buffer, kind: MessageKind, target?: string): Entry {
    const id = this.#nextId('messages')
    const parents = this.#heads
    const counter = String(this.#counter)
    this.#counter = BigInt.asUintN(64, this.#counter + 1n)
    const context = { id, parent_ids: parents, group_pk: this.info.public_key ?? Buffer.alloc(0) }
    const headers = { counter, device_pk: this.device.publicKey, sig: signatureOf(id) }
    const frame = toFrame(bertyCodecs.messageEvent.encode({ event_context: context, headers, message }))
    const record = this.world.book.sent({
      ...{ kind, group_pk: this.group, device_pk: this.deviceKey, sender: this.name, cid: cidText(id), counter },
      ...{ message, size: message.length, target, sentAt: this.world.now() },
    })
    const entry = this.#entry('messages', { id, frame, size: message.length, parents, record })
    this.#keep(entry)
    this.world.spread(entry)
    return entry
  }

  #nextId(list: string): Buffer {
    return cidOf(Buffer.from(`${this.group}/${this.deviceKey}/${list}/${String(this.#serial++)}`))
  }

  #entry(list: Entry['list'], rest: Pick<Entry, 'id' | 'frame' | 'size' | 'parents' | 'fact' | 'record'>): Entry {
    return { group: this.group, list, from: this, sentAt: this.world.now(), holders: new Set<Member>(), ...rest }
  }

  /** Takes an event of another member. */
  receive(entry: Entry): void {
    if (entry.holders.has(this)) return
    if (entry.list === 'metadata') return this.#learn(entry)
    if (this.#readable.has(entry.from.deviceKey)) return this.#read(entry)
    entry.holders.add(this)
    this.world.book.moved(entry.record, this.name, 'withheld', this.world.now())
    const waiting = this.#withheld.get(entry.from.deviceKey)
    if (waiting) waiting.push(entry)
    else this.#withheld.set(entry.from.deviceKey, [entry])
  }

  #learn(entry: Entry): void {
    this.#keep(entry)
    const { fact } = entry
    if (fact?.is === 'member-device') {
      this.#members.set(fact.member, entry.from)
      this.#shareKeys()
    }
    if (fact?.is !== 'chain-key' || fact.member !== this.memberKey) return
    this.#readable.add(fact.device)
    // The messages that waited for the key come in one burst and in no order (berty 3.2).
    const released = this.random.shuffled(this.#withheld.get(fact.device) ?? [])
    this.#withheld.delete(fact.device)
    for (const each of released) this.#read(each)
  }

  #read(entry: Entry): void {
    this.#keep(entry)
    this.world.book.moved(entry.record, this.name, 'delivered', this.world.now())
    const { repeatEvents, doubleMessages } = this.world.settings
    if (this.random.chance(repeatEvents)) this.showTwice(entry)
    if (this.random.chance(doubleMessages)) this.takeTwice(entry)
    if (entry.record?.kind === 'user') this.#acknowledge(entry.record.cid)
  }

  #acknowledge(cid: string): void {
    const { acks } = this.world.settings
    if (!acks.enabled || this.random.chance(acks.loss)) return
    const [least, most] = acks.delayMs
    const extra = this.host.load.ackMs()
    this.host.later([least + extra, most + extra], () => this.host.load.event({ act: () => this.#sendAck(cid) }))
  }

  #sendAck(cid: string): void {
    if (!this.#isActive) return
    const app = bertyCodecs.appMessage.encode({ type: BERTY.appType.acknowledge, target_cid: cid })
    this.sendMessage(app, 'acknowledge', cid)
  }

  #keep(entry: Entry): void {
    entry.holders.add(this)
    if (entry.list === 'messages') this.#moveHeads(entry)
    this[entry.list].add(entry)
    this.buses[entry.list].publish(entry)
  }

  /** Keeps the events that no other event names as its parent: they are the parents of the next message. */
  #moveHeads({ id, parents }: Entry): void {
    this.#heads = [...this.#heads.filter((head) => !parents.some((parent) => parent.equals(head))), id]
    if (this.#heads.length > CAUSAL_HEADS) this.#heads = this.#heads.slice(-CAUSAL_HEADS)
  }

  /** Lists the same message a second time, under another id. */
  takeTwice(entry: Entry): void {
    const event = bertyCodecs.messageEvent.decode(entry.frame.subarray(5))
    const id = this.#nextId('messages')
    const frame = toFrame(bertyCodecs.messageEvent.encode({ ...event, event_context: { ...event.event_context, id } }))
    this.world.book.duplicated(entry.record, this.name, 'second-id')
    this.#keep({ ...entry, id, frame, holders: new Set() })
  }

  /** Shows the same event a second time in the open streams; does nothing if there are none. */
  showTwice(entry: Entry): void {
    if (this.buses[entry.list].publish(entry)) this.world.book.duplicated(entry.record, this.name, 'same-event')
  }
}

/** Stands in for a signature. Nobody can check one without the keys of the log, so any fixed 64 bytes do. */
const signatureOf = (id: Buffer): Buffer => createHash('sha512').update(id).digest()
