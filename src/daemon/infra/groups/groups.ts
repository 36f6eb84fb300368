import { linkAbort } from '../../../shared/abort.js'
import { messageOf } from '../../../shared/errors.js'
import type { Log } from '../../observability/index.js'
import type { Berty, InviteContent } from '../contract/berty.js'
import type { Clock } from '../../../shared/clock.js'
import type { Groups, GroupStatus, ListedMessage, NewestLive, PeerLink, PeerState } from '../contract/control.js'
import type { SendingGroups } from '../contract/sending-group.js'
import type { PublicKey } from '../contract/keys.js'
import { createNotifier } from '../../../shared/notifier.js'
import type { StoredGroup, StoredMessage } from '../contract/records.js'
import { JoinedGroup, type JoinedGroupStore } from './joined-group.js'
import { alreadyInGroup, checkGroupName, notInGroup } from './names.js'

/** How invites are kept, and read when somebody brings one. */
export interface InviteCodec {
  /** `ShareableBertyGroup.Reply` in protobuf. */
  encode(invite: InviteContent): Uint8Array
  /** In any form. Error: `invalid-request` for what is none. */
  parse(invite: Uint8Array): InviteContent
}

export interface GroupsDeps {
  readonly store: JoinedGroupStore
  readonly peer: Pick<PeerLink, 'state' | 'current' | 'onChange'>
  readonly invites: InviteCodec
  readonly log: Log
  readonly clock: Clock
}

/** The groups by name, and the Berty they are read from. */
export class JoinedGroups implements Groups, SendingGroups, AsyncDisposable {
  readonly #deps: GroupsDeps
  readonly #notifier = createNotifier()
  readonly #groups = new Map<string, JoinedGroup>()
  readonly #goneListeners = new Set<(name: string, why: string) => void>()
  readonly #stopWatching: () => void
  readonly #newsListeners = new Set<(run: string | undefined) => void>()
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
      const known = this.#groups.get(name)
      if (known && !reuse) throw alreadyInGroup(name)
      if (known) return { group: known.view(), invite: this.invite(name) }
      const berty = this.#deps.peer.current()
      const invite = await berty.createGroup(name, signal)
      const self = await berty.groupKeys(invite.publicKey, signal)
      const joined = await this.#add({ ...this.#toStored(name, invite, berty), isActive: true, isMadeHere: true, self })
      joined.attach(berty)
      return { group: joined.view(), invite }
    })
  }

  join(name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<GroupStatus> {
    return this.#oneByOne(async () => {
      checkGroupName(name)
      const invite = this.#deps.invites.parse(bytes)
      const known = this.#groups.get(name)
      if (known && (known.group.isActive || known.group.publicKey !== invite.publicKey)) throw alreadyInGroup(name)
      const other = [...this.#groups.values()].find(({ group }) => group.publicKey === invite.publicKey)
      if (other && other !== known) throw alreadyInGroup(name, other.group.name)
      const berty = this.#deps.peer.current()
      if (!known) await berty.joinGroup(invite, signal)
      // On disk between joining and activating: whatever happens now, this group is gone on with.
      const joined = known ?? (await this.#add(this.#toStored(name, invite, berty)))
      await joined.activate(berty, signal)
      joined.attach(berty)
      return joined.view()
    })
  }

  invite(name: string): InviteContent {
    return this.#deps.invites.parse(this.#requireGroup(name).group.invite)
  }

  leave(name: string, signal?: AbortSignal): Promise<GroupStatus> {
    return this.#oneByOne(async () => {
      const joined = this.#requireGroup(name)
      await this.#deps.peer.current().leaveGroup(joined.group.publicKey, signal)
      return this.#forget(joined, 'the group was left')
    })
  }

  /** Forgets every group and, if asked, leaves it in Berty as far as Berty allows. Returns how many there were. */
  forgetAll({ leave }: { leave: boolean }): Promise<number> {
    return this.#oneByOne(async () => {
      const groups = [...this.#groups.values()]
      for (const joined of groups) {
        if (leave) await this.#leaveIfPossible(joined)
        await this.#forget(joined, 'everything was reset')
      }
      return groups.length
    })
  }

  list(): GroupStatus[] {
    return [...this.#groups.values()].map((joined) => joined.view())
  }

  get(name: string): GroupStatus {
    return this.#requireGroup(name).view()
  }

  async startReceiving(name: string): Promise<GroupStatus> {
    const joined = this.#requireGroup(name)
    await joined.startReceiving()
    return joined.view()
  }

  async stopReceiving(name: string): Promise<GroupStatus> {
    const joined = this.#requireGroup(name)
    await joined.stopReceiving()
    return joined.view()
  }

  async *messages(
    name: string,
    { limit, follow, signal }: { limit: number; follow: boolean; signal: AbortSignal },
  ): AsyncIterable<ListedMessage> {
    const joined = this.#requireGroup(name)
    const over = new AbortController()
    using _linked = linkAbort(over, signal, joined.closed)
    try {
      yield* this.#read(joined, { limit, follow, stop: over.signal })
    } finally {
      over.abort()
    }
  }

  async *#read(
    joined: JoinedGroup,
    { limit, follow, stop }: { limit: number; follow: boolean; stop: AbortSignal },
  ): AsyncGenerator<ListedMessage> {
    const { store } = this.#deps
    const group = joined.group.name
    let from = 0
    let filter: Parameters<JoinedGroupStore['readMessages']>[0] = { group, ...(limit > 0 && { newest: limit }) }
    await store.flush()
    for (;;) {
      // Begins to wait before it reads the store, so that messages that come meanwhile are not missed.
      const more = follow ? joined.more(stop) : undefined
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
    const { publicKey } = this.#requireGroup(name).group
    return this.#deps.peer.current().addReplication(publicKey, tokenServer, signal)
  }

  onChange(listener: () => void): () => void {
    return this.#notifier.onChange(listener)
  }

  onNews(listener: (run: string | undefined) => void): () => void {
    this.#newsListeners.add(listener)
    return () => void this.#newsListeners.delete(listener)
  }

  #tellNews(run: string | undefined): void {
    for (const listener of [...this.#newsListeners]) listener(run)
  }

  onGone(listener: (name: string, why: string) => void): () => void {
    this.#goneListeners.add(listener)
    return () => void this.#goneListeners.delete(listener)
  }

  get newestLive(): NewestLive | undefined {
    const all = [...this.#groups.values()].flatMap(({ newestLive }) => newestLive ?? [])
    return all.sort((one, other) => other.sentAt - one.sentAt)[0]
  }

  sendingGroup(name: string): JoinedGroup {
    return this.#requireGroup(name)
  }

  /** Error: `wrong-state` "peer not in group". */
  #requireGroup(name: string): JoinedGroup {
    const joined = this.#groups.get(name)
    if (!joined) throw notInGroup(name)
    return joined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopWatching()
    for (const joined of this.#groups.values()) joined.close()
    this.#notifier.close()
    await this.#changing
  }

  #toStored(name: string, invite: InviteContent, { details }: Berty): StoredGroup {
    return {
      name,
      publicKey: invite.publicKey,
      invite: this.#deps.invites.encode(invite),
      account: details.account,
      isActive: false,
      isReceiving: false,
    }
  }

  async #add(group: StoredGroup): Promise<JoinedGroup> {
    await this.#deps.store.putGroup(group)
    const joined = this.#open(group)
    this.#notifier.changed()
    return joined
  }

  #open(group: StoredGroup): JoinedGroup {
    const { store, clock, log } = this.#deps
    const joined = new JoinedGroup(group, {
      store,
      clock,
      log,
      notifier: this.#notifier,
      onNews: (run) => this.#tellNews(run),
    })
    this.#groups.set(group.name, joined)
    return joined
  }

  #follow(state: PeerState): void {
    this.#notifier.changed()
    if (state.state !== 'connected') return
    const berty = this.#deps.peer.current()
    const { account } = berty.details
    for (const joined of this.#groups.values()) if (joined.group.account === account) joined.attach(berty)
    const strange = [...this.#groups.values()].filter(({ group }) => group.account !== account)
    if (strange.length > 0) void this.#forgetStrange(strange, account)
  }

  /** Nobody waits for this. A group that cannot be deleted is logged, and this process forgets it all the same. */
  async #forgetStrange(strange: readonly JoinedGroup[], account: PublicKey): Promise<void> {
    const { log } = this.#deps
    const names = strange.map(({ group }) => group.name)
    log.warn('the Berty has another account now: groups of the former one are forgotten', { account, names })
    await this.#oneByOne(async () => {
      for (const joined of strange)
        await this.#forget(joined, 'the Berty has another account now').catch((fault: unknown) =>
          log.error('a group was not deleted', { group: joined.group.name, reason: messageOf(fault) }),
        )
    })
  }

  async #leaveIfPossible(joined: JoinedGroup): Promise<void> {
    try {
      await this.#deps.peer.current().leaveGroup(joined.group.publicKey)
    } catch (fault) {
      this.#deps.log.warn('a group could not be left', { group: joined.group.name, reason: String(fault) })
    }
  }

  async #forget(joined: JoinedGroup, why: string): Promise<GroupStatus> {
    const { name } = joined.group
    const view = joined.view()
    this.#groups.delete(name)
    joined.close()
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
}: StoredMessage): ListedMessage => message
