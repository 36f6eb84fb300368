import { BERTY, type BertyGroup } from '../../shared/wire/index.js'
import { bertyCodecs } from '../../shared/wire/grpc/index.js'
import type { Core } from './core.js'
import { bertyError, unknownGroup } from './errors.js'
import { createGroup, hex, isGenuine, keyText } from './keys.js'
import type { Random } from './random.js'
import { type Host, Replica } from './replica.js'

const ERR = { invalidInput: 100, signature: 204, todo: 666, append: 1002, notOpen: 1302, missing: 1306 } as const

/** The contents of a peer's store: its identity and its groups. */
export class Account {
  /** The account's own group, with no other member. Its log lists the groups that were joined. */
  readonly own: Replica
  readonly #groups = new Map<string, Replica>()
  readonly #left = new Set<string>()

  constructor(
    readonly host: Host,
    readonly core: Core,
    readonly random: Random,
  ) {
    const { public_key } = createGroup(random)
    this.own = new Replica({ public_key, group_type: 1 }, host, core, random)
    this.own.activate()
  }

  get groups(): readonly Replica[] {
    return [...this.#groups.values()]
  }

  /** Also finds a group that was left: Berty still answers for it and can open it again. */
  find(groupKey: Uint8Array | undefined): Replica | undefined {
    const key = hex(groupKey)
    return key === this.own.group ? this.own : this.#groups.get(key)
  }

  requireKnown(groupKey: Uint8Array | undefined): Replica {
    const found = this.find(groupKey)
    if (!found) throw bertyError([ERR.todo, ERR.invalidInput], 'unknown group specified')
    return found
  }

  /** For lists, which treat a group that is not open as an unknown one. */
  requireOpen(groupKey: Uint8Array | undefined): Replica {
    const found = this.find(groupKey)
    if (!found?.isActive) throw unknownGroup(ERR.notOpen, this.host.traits)
    return found
  }

  /** For calls that write to a group. */
  writable(groupKey: Uint8Array | undefined): Replica {
    const found = this.find(groupKey)
    if (!found?.isActive) throw unknownGroup(ERR.missing, this.host.traits)
    return found
  }

  /** Creates a group, which is joined and open at once. */
  create(): Replica {
    const replica = this.#hold(createGroup(this.random))
    this.#logJoin(replica)
    replica.activate({ isCreator: true })
    return replica
  }

  /** Only appends to the account's log; the messenger reads that log and opens the group a little later. */
  join(group: BertyGroup | undefined): Replica {
    if (!group?.public_key?.length) throw bertyError([ERR.invalidInput], 'no group')
    const key = hex(group.public_key)
    if (this.#groups.has(key) && !this.#left.has(key))
      throw bertyError([ERR.append, ERR.invalidInput], 'already present in group')
    if (!isGenuine(group)) throw bertyError([ERR.append, ERR.signature])
    this.#left.delete(key)
    const replica = this.#groups.get(key) ?? this.#hold(group)
    this.#logJoin(replica)
    const { autoActivateMs } = this.core.settings
    if (autoActivateMs)
      this.host.later(autoActivateMs, () => {
        if (!this.#left.has(key)) replica.activate()
      })
    return replica
  }

  #hold(group: BertyGroup): Replica {
    const replica = new Replica(group, this.host, this.core, this.random.fork(`group ${hex(group.public_key)}`))
    this.#groups.set(replica.group, replica)
    this.core.delivery.enter(replica)
    return replica
  }

  /** Logs every join, also of a group that was left before: the messenger learns of joins from this log. */
  #logJoin({ info }: Replica): void {
    const joined = bertyCodecs.accountGroupJoined.encode({ device_pk: this.own.device.publicKey, group: info })
    this.own.writeMetadata(BERTY.event.accountGroupJoined, joined)
  }

  leave(groupKey: Uint8Array | undefined): void {
    const replica = this.requireKnown(groupKey)
    if (replica === this.own) throw bertyError([ERR.invalidInput], 'the account group cannot be left')
    replica.deactivate()
    this.#left.add(replica.group)
  }

  /** Acts as after a restart with the store: groups that were open are open at once. */
  reload(): void {
    for (const replica of [this.own, ...this.groups]) replica.reload()
    for (const replica of this.groups) this.core.reconcile(replica.group)
  }

  /** Acts as when the store is gone. */
  forget(): void {
    for (const replica of this.groups) {
      replica.discard()
      this.core.delivery.leave(replica)
    }
    this.#groups.clear()
  }
}

/** The messenger's name for a group. */
export const conversationOf = (replica: Replica): string => keyText(replica.info.public_key ?? Buffer.alloc(0))
