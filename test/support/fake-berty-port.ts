import { once } from 'node:events'
import { SnetError } from '../../src/shared/errors.js'
import type {
  Berty,
  BertyDetails,
  BertyMessage,
  InviteContent,
  MemberEvent,
  Sent,
} from '../../src/daemon/infra/contract/berty.js'
import type { PeerLink, PeerState } from '../../src/daemon/infra/contract/control.js'
import type { InviteCodec } from '../../src/daemon/infra/groups/index.js'
import { bytesOf, type Cid, type PublicKey } from '../../src/daemon/infra/contract/keys.js'
import { aCid, aKey } from './infra-builders.js'

/** What a group's list holds for one peer, and who waits for more. */
class List<T> {
  readonly items: T[] = []
  #wake: (() => void)[] = []

  add(item: T): void {
    this.items.push(item)
    for (const wake of this.#wake.splice(0)) wake()
  }

  async *read(signal: AbortSignal): AsyncGenerator<{ item: T; isLive: boolean }> {
    const atOpening = this.items.length
    const aborted = signal.aborted ? Promise.resolve() : once(signal, 'abort')
    for (let at = 0; !signal.aborted; at++) {
      while (at >= this.items.length && !signal.aborted)
        await Promise.race([new Promise<void>((done) => this.#wake.push(done)), aborted])
      const item = this.items[at]
      if (item !== undefined && !signal.aborted) yield { item, isLive: at >= atOpening }
    }
  }
}

/** Bertys in one process that share their groups, without any wire: what a test wants to happen, it makes happen. */
export class FakeNet {
  readonly peers = new Map<string, FakeBerty>()
  acknowledges = true
  /** What a message becomes on its way to another peer; itself by default. */
  onDelivery: (from: string, to: string, message: BertyMessage) => readonly BertyMessage[] = (_from, _to, message) => [
    message,
  ]

  peer(name: string, over: Partial<BertyDetails> = {}): FakeBerty {
    const berty = new FakeBerty(this, name, over)
    this.peers.set(name, berty)
    return berty
  }

  /** Another connection to the Berty of this name, which has its lists and groups still. */
  again(name: string): FakeBerty {
    const former = this.peers.get(name)
    const berty = new FakeBerty(this, name, former?.details ?? {}, former)
    this.peers.set(name, berty)
    return berty
  }

  membersOf(group: PublicKey): FakeBerty[] {
    return [...this.peers.values()].filter((peer) => peer.groups.has(group))
  }
}

export class FakeBerty implements Berty {
  readonly details: BertyDetails
  /** Keys of the groups, with whether each is active. */
  readonly groups: Map<PublicKey, boolean>
  readonly calls: string[] = []
  /** Takes the place of the next sends. */
  onSend: ((body: string, signal: AbortSignal | undefined) => Promise<Sent> | undefined) | undefined
  failing: string | undefined
  /** When the list of members begins to come. */
  membersListed: Promise<void> = Promise.resolve()
  readonly #closing = new AbortController()
  readonly #net: FakeNet
  readonly #name: string
  readonly #messages: Map<PublicKey, List<BertyMessage>>
  readonly #members: Map<PublicKey, List<MemberEvent>>
  readonly #counter: { value: bigint }

  constructor(net: FakeNet, name: string, over: Partial<BertyDetails>, former?: FakeBerty) {
    this.#net = net
    this.#name = name
    this.groups = former?.groups ?? new Map<PublicKey, boolean>()
    this.#messages = former ? former.#messages : new Map<PublicKey, List<BertyMessage>>()
    this.#members = former ? former.#members : new Map<PublicKey, List<MemberEvent>>()
    this.#counter = former ? former.#counter : { value: 0n }
    this.details = {
      ...{ account: aKey(`${name} account`), device: aKey(`${name} account device`), peerId: name },
      ...{ listeners: [], era: 'E', version: 'n/a', hasMedia: false },
      ...over,
    }
  }

  get closed(): AbortSignal {
    return this.#closing.signal
  }

  close(): void {
    this.#closing.abort()
  }

  messagesOf(group: PublicKey): List<BertyMessage> {
    return listIn(this.#messages, group)
  }

  membersOf(group: PublicKey): List<MemberEvent> {
    return listIn(this.#members, group)
  }

  keysIn(group: PublicKey): { member: PublicKey; device: PublicKey } {
    return { member: aKey(`${this.#name} member ${group}`), device: aKey(`${this.#name} device ${group}`) }
  }

  /** Everybody who is in the group sees everybody and has everybody's key; each event comes twice. */
  exchangeKeys(group: PublicKey): void {
    const all = this.#net.membersOf(group)
    for (const reader of all)
      for (const of of all) {
        const { member, device } = of.keysIn(group)
        for (const _again of [1, 2]) {
          reader.membersOf(group).add({ type: 'device-added', member, device })
          for (const to of all)
            reader.membersOf(group).add({ type: 'key-shared', device, withMember: to.keysIn(group).member })
        }
      }
  }

  /** Something that another device sent arrives here. */
  receive(group: PublicKey, from: string, over: Partial<BertyMessage> & { body?: string } = {}): BertyMessage {
    this.#counter.value++
    const message: BertyMessage = {
      cid: aCid(`${this.#name} ${this.#counter.value}`),
      device: aKey(from),
      counter: this.#counter.value,
      receivedAt: Date.now() * 1_000,
      isLive: true,
      isRepeat: false,
      content: { type: 'user', body: over.body ?? 'hello', sentDateMs: 1, mediaCids: [] },
      size: over.body?.length ?? 5,
      ...over,
    }
    this.messagesOf(group).add(message)
    return message
  }

  async createGroup(name: string): Promise<InviteContent> {
    this.#call('createGroup')
    const publicKey = aKey(`group ${name}`)
    this.groups.set(publicKey, true)
    return anInvite(publicKey, name)
  }

  async joinGroup({ publicKey }: InviteContent): Promise<void> {
    this.#call('joinGroup')
    this.groups.set(publicKey, this.groups.get(publicKey) ?? false)
  }

  async activateGroup(group: PublicKey): Promise<void> {
    this.#call('activateGroup')
    this.groups.set(group, true)
  }

  async leaveGroup(group: PublicKey): Promise<void> {
    this.#call('leaveGroup')
    this.groups.delete(group)
  }

  async groupKeys(group: PublicKey): Promise<{ member: PublicKey; device: PublicKey }> {
    return this.keysIn(group)
  }

  async sendText(
    group: PublicKey,
    body: string,
    { signal }: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<Sent> {
    const instead = this.onSend?.(body, signal)
    if (instead) return instead
    if (this.closed.aborted) return { outcome: 'error', reason: 'connection refused' }
    return { outcome: 'sent', cid: this.#publish(group, body, []) }
  }

  async sendMedia(
    group: PublicKey,
    { bytes }: { bytes: Uint8Array },
    _options?: { signal?: AbortSignal },
  ): Promise<Sent> {
    return { outcome: 'sent', cid: this.#publish(group, '', [String(bytes.length)]) }
  }

  async *readMessages(
    group: PublicKey,
    { isKnown, signal }: { isKnown: (id: Cid) => boolean; signal: AbortSignal },
  ): AsyncGenerator<BertyMessage> {
    this.#call('readMessages')
    for await (const { item, isLive } of this.messagesOf(group).read(AbortSignal.any([signal, this.closed])))
      if (isLive || !isKnown(item.cid)) yield { ...item, isLive: item.isLive && isLive }
  }

  async scanMessages(group: PublicKey, take: (message: BertyMessage) => void): Promise<void> {
    this.#call('scanMessages')
    for (const message of this.messagesOf(group).items) take({ ...message, isLive: false })
  }

  async *readMembers(
    group: PublicKey,
    { onHistory, signal }: { onHistory?: () => void; signal: AbortSignal },
  ): AsyncGenerator<MemberEvent> {
    await this.membersListed
    const { items } = this.membersOf(group)
    let left = items.length
    if (left === 0) onHistory?.()
    for await (const { item } of this.membersOf(group).read(AbortSignal.any([signal, this.closed]))) {
      yield item
      if (--left === 0) onHistory?.()
    }
  }

  async addReplication(_group: PublicKey, tokenServer: string): Promise<string> {
    return `token of ${tokenServer}`
  }

  async connectedPeers(): Promise<number> {
    return this.#net.peers.size - 1
  }

  #call(name: string): void {
    this.calls.push(name)
    if (this.failing === name) throw new SnetError('unavailable', `${name} failed`)
  }

  /** Into everybody's list, the sender's first; who receives it acknowledges at once. */
  #publish(group: PublicKey, body: string, mediaCids: string[]): Cid {
    const cid = aCid(`${this.#name} sent ${++this.#counter.value}`)
    const { device } = this.keysIn(group)
    const common = { cid, device, counter: this.#counter.value, size: body.length }
    const message = { ...common, content: { type: 'user', body, sentDateMs: Date.now(), mediaCids } as const }
    const own = this.receive(group, '', message)
    for (const peer of this.#net.membersOf(group)) {
      if (peer.#name === this.#name) continue
      const copies = this.#net.onDelivery(this.#name, peer.#name, own)
      for (const copy of copies) peer.receive(group, '', copy)
      if (copies.length > 0 && this.#net.acknowledges)
        for (const to of this.#net.membersOf(group)) to.receive(group, '', peer.#acknowledgement(group, cid))
    }
    return cid
  }

  #acknowledgement(group: PublicKey, target: Cid): Partial<BertyMessage> {
    const cid = aCid(`${this.#name} acknowledges ${target}`)
    return { cid, device: this.keysIn(group).device, content: { type: 'acknowledge', target } }
  }
}

export const anInvite = (publicKey: PublicKey, displayName: string): InviteContent => {
  const nothing = new Uint8Array()
  return {
    ...{ publicKey, displayName, secret: nothing, secretSig: nothing, signPub: nothing, linkKey: nothing },
    ...{ linkKeySig: nothing, internalUrl: '', webUrl: '' },
  }
}

/** Invites of the fake net: the key, then the name. */
export const fakeInvites: InviteCodec = {
  encode: ({ publicKey, displayName }) => Buffer.concat([bytesOf(publicKey), Buffer.from(displayName)]),
  parse(bytes) {
    if (bytes.length < 32) throw new SnetError('invalid-request', 'this is no invite')
    const key = Buffer.from(bytes.subarray(0, 32)).toString('hex') as PublicKey
    return anInvite(key, Buffer.from(bytes.subarray(32)).toString())
  },
}

/** The link to a Berty that the test puts there and takes away. */
export class FakeLink implements PeerLink {
  #berty: Berty | undefined
  readonly #listeners = new Set<(state: PeerState) => void>()

  constructor(berty?: Berty) {
    this.#berty = berty
  }

  readonly reading = { lists: { count: 0, events: 0, ms: 0 }, unread: 0 }

  get state(): PeerState {
    if (!this.#berty) return { state: 'absent', endpoint: 'fake', reason: 'taken away' }
    return { state: 'connected', endpoint: 'fake', details: this.#berty.details }
  }

  put(berty: Berty | undefined): void {
    this.#berty = berty
    for (const listener of [...this.#listeners]) listener(this.state)
  }

  onChange(listener: (state: PeerState) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  current(): Berty {
    if (!this.#berty) throw new SnetError('wrong-state', 'not connected to a Berty yet')
    return this.#berty
  }

  async connect(): Promise<PeerState> {
    return this.state
  }

  async probe(): Promise<BertyDetails> {
    return this.current().details
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function listIn<T>(lists: Map<PublicKey, List<T>>, group: PublicKey): List<T> {
  const list = lists.get(group) ?? new List<T>()
  lists.set(group, list)
  return list
}
