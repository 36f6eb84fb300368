import { messageOf } from '../../../shared/errors.js'
import type { Log } from '../../observability/index.js'
import type { Berty, InviteContent } from '../berty.js'
import type { Clock } from '../clock.js'
import type { Groups, GroupView, MessageView, PeerLink, PeerState } from '../control.js'
import type { PublicKey } from '../keys.js'
import { createNotifier } from '../notifier.js'
import type { InfraStore, StoredGroup, StoredMessage } from '../ports.js'
import { Desk } from './desk.js'
import { alreadyInGroup, checkGroupName, notInGroup } from './names.js'

/** How invites are kept, and read when somebody brings one. */
export interface InviteCodec {
  /** `ShareableBertyGroup.Reply` in protobuf. */
  encode(invite: InviteContent): Uint8Array
  /** In any form. Error: `invalid-request` for what is none. */
  parse(invite: Uint8Array): InviteContent
}

export interface GroupsDeps {
  readonly store: InfraStore
  readonly peer: Pick<PeerLink, 'state' | 'current' | 'onChange'>
  readonly invites: InviteCodec
  readonly log: Log
  readonly clock: Clock
}

/** The groups by name, and the Berty they are read from. */
export class GroupsPart implements Groups, AsyncDisposable {
  readonly #deps: GroupsDeps
  readonly #notifier = createNotifier()
  readonly #desks = new Map<string, Desk>()
  readonly #goneListeners = new Set<(name: string, why: string) => void>()
  readonly #stopWatching: () => void
  /** Creating, joining, leaving and forgetting go one after another. */
  #changing: Promise<unknown> = Promise.resolve()

  constructor(deps: GroupsDeps) {
    this.#deps = deps
    for (const group of deps.store.readGroups()) this.#open(group)
    this.#stopWatching = deps.peer.onChange((state) => this.#follow(state))
    this.#follow(deps.peer.state)
  }

  create(name: string, { reuse, signal }: { reuse: boolean; signal?: AbortSignal }): ReturnType<Groups['create']> {
    return this.#oneByOne(async () => {
      checkGroupName(name)
      const known = this.#desks.get(name)
      if (known && !reuse) throw alreadyInGroup(name)
      if (known) return { group: known.view(), invite: this.invite(name) }
      const berty = this.#deps.peer.current()
      const invite = await berty.createGroup(name, signal)
      const self = await berty.groupKeys(invite.publicKey, signal)
      const desk = await this.#add({ ...this.#stored(name, invite, berty), isActive: true, self })
      desk.attach(berty)
      return { group: desk.view(), invite }
    })
  }

  join(name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<GroupView> {
    return this.#oneByOne(async () => {
      checkGroupName(name)
      const invite = this.#deps.invites.parse(bytes)
      const known = this.#desks.get(name)
      if (known && (known.group.isActive || known.group.publicKey !== invite.publicKey)) throw alreadyInGroup(name)
      const other = [...this.#desks.values()].find(({ group }) => group.publicKey === invite.publicKey)
      if (other && other !== known) throw alreadyInGroup(name, other.group.name)
      const berty = this.#deps.peer.current()
      if (!known) await berty.joinGroup(invite, signal)
      // On disk between joining and activating: whatever happens now, this group is gone on with.
      const desk = known ?? (await this.#add(this.#stored(name, invite, berty)))
      await desk.activate(berty, signal)
      desk.attach(berty)
      return desk.view()
    })
  }

  invite(name: string): InviteContent {
    return this.#deps.invites.parse(this.desk(name).group.invite)
  }

  leave(name: string, signal?: AbortSignal): Promise<GroupView> {
    return this.#oneByOne(async () => {
      const desk = this.desk(name)
      await this.#deps.peer.current().leaveGroup(desk.group.publicKey, signal)
      return this.#forget(desk, 'the group was left')
    })
  }

  /** Every group, out of Berty too when asked and as far as Berty allows it. Returns how many there were. */
  forgetAll({ leave }: { leave: boolean }): Promise<number> {
    return this.#oneByOne(async () => {
      const desks = [...this.#desks.values()]
      for (const desk of desks) {
        if (leave) await this.#leaveIfPossible(desk)
        await this.#forget(desk, 'everything was reset')
      }
      return desks.length
    })
  }

  list(): GroupView[] {
    return [...this.#desks.values()].map((desk) => desk.view())
  }

  get(name: string): GroupView {
    return this.desk(name).view()
  }

  async startReceiving(name: string): Promise<GroupView> {
    const desk = this.desk(name)
    await desk.startReceiving()
    return desk.view()
  }

  async stopReceiving(name: string): Promise<GroupView> {
    const desk = this.desk(name)
    await desk.stopReceiving()
    return desk.view()
  }

  async *messages(
    name: string,
    { limit, follow, signal }: { limit: number; follow: boolean; signal: AbortSignal },
  ): AsyncIterable<MessageView> {
    const desk = this.desk(name)
    const over = new AbortController()
    const stop = AbortSignal.any([signal, desk.closed, over.signal])
    try {
      yield* this.#read(desk, { limit, follow, stop })
    } finally {
      over.abort()
    }
  }

  async *#read(
    desk: Desk,
    { limit, follow, stop }: { limit: number; follow: boolean; stop: AbortSignal },
  ): AsyncGenerator<MessageView> {
    const { store } = this.#deps
    const group = desk.group.name
    let from = 0
    let filter: Parameters<InfraStore['readMessages']>[0] = { group, ...(limit > 0 && { newest: limit }) }
    await store.flush()
    for (;;) {
      // Asked for before the store is read: what comes meanwhile is not slept over.
      const more = follow ? desk.more(stop) : undefined
      for (const message of store.readMessages(filter)) {
        if (stop.aborted) return
        from = message.position + 1
        yield toView(message)
      }
      if (!more || stop.aborted) return
      await more
      filter = { group, from }
    }
  }

  async addReplication(name: string, tokenServer: string, signal?: AbortSignal): Promise<string> {
    const { publicKey } = this.desk(name).group
    return this.#deps.peer.current().addReplication(publicKey, tokenServer, signal)
  }

  onChange(listener: () => void): () => void {
    return this.#notifier.onChange(listener)
  }

  /** Told when a group is left or forgotten, with the reason. */
  onGone(listener: (name: string, why: string) => void): () => void {
    this.#goneListeners.add(listener)
    return () => void this.#goneListeners.delete(listener)
  }

  /** Error: `wrong-state` "peer not in group". */
  desk(name: string): Desk {
    const desk = this.#desks.get(name)
    if (!desk) throw notInGroup(name)
    return desk
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopWatching()
    for (const desk of this.#desks.values()) desk.close()
    this.#notifier.close()
    await this.#changing
  }

  #stored(name: string, invite: InviteContent, { details }: Berty): StoredGroup {
    return {
      name,
      publicKey: invite.publicKey,
      invite: this.#deps.invites.encode(invite),
      account: details.account,
      isActive: false,
      isReceiving: false,
    }
  }

  async #add(group: StoredGroup): Promise<Desk> {
    await this.#deps.store.putGroup(group)
    const desk = this.#open(group)
    this.#notifier.changed()
    return desk
  }

  #open(group: StoredGroup): Desk {
    const { store, clock, log } = this.#deps
    const desk = new Desk(group, { store, clock, log, notifier: this.#notifier })
    this.#desks.set(group.name, desk)
    return desk
  }

  #follow(state: PeerState): void {
    this.#notifier.changed()
    if (state.state !== 'connected') return
    const berty = this.#deps.peer.current()
    const { account } = berty.details
    for (const desk of this.#desks.values()) if (desk.group.account === account) desk.attach(berty)
    const strange = [...this.#desks.values()].filter(({ group }) => group.account !== account)
    if (strange.length > 0) void this.#forgetStrange(strange, account)
  }

  /** Nobody waits for it: what cannot be deleted is told, and forgotten by this process all the same. */
  async #forgetStrange(strange: readonly Desk[], account: PublicKey): Promise<void> {
    const { log } = this.#deps
    const names = strange.map(({ group }) => group.name)
    log.warn('the Berty has another account now: groups of the former one are forgotten', { account, names })
    await this.#oneByOne(async () => {
      for (const desk of strange)
        await this.#forget(desk, 'the Berty has another account now').catch((fault: unknown) =>
          log.error('a group was not deleted', { group: desk.group.name, reason: messageOf(fault) }),
        )
    })
  }

  async #leaveIfPossible(desk: Desk): Promise<void> {
    try {
      await this.#deps.peer.current().leaveGroup(desk.group.publicKey)
    } catch (fault) {
      this.#deps.log.warn('a group could not be left', { group: desk.group.name, reason: String(fault) })
    }
  }

  async #forget(desk: Desk, why: string): Promise<GroupView> {
    const { name } = desk.group
    const view = desk.view()
    this.#desks.delete(name)
    desk.close()
    for (const listener of [...this.#goneListeners]) listener(name, why)
    await this.#deps.store.deleteGroup(name)
    this.#notifier.changed()
    return { ...view, isActive: false, isReceiving: false }
  }

  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#changing.then(work)
    this.#changing = result.catch(() => undefined)
    return result
  }
}

const toView = ({
  position: _position,
  isOutOfOrder: _isOutOfOrder,
  repeats: _repeats,
  counter: _counter,
  ...message
}: StoredMessage): MessageView => message
