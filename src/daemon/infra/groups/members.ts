import type { MemberEvent } from '../contract/berty.js'
import type { MemberStatus } from '../contract/control.js'
import type { PublicKey } from '../contract/keys.js'
import type { MissingKeys } from '../contract/sending-group.js'

export interface OwnKeys {
  readonly member: PublicKey
  readonly device: PublicKey
}

/**
 * Who is in a group and who has shared a key with whom, as far as its events have told. The same event may come any
 * number of times, and in any order.
 */
export class MemberBook {
  readonly #memberOf = new Map<PublicKey, PublicKey>()
  /** The members to which each device gave its key. */
  readonly #sharedWith = new Map<PublicKey, Set<PublicKey>>()

  /** Whether that was news. */
  apply(event: MemberEvent): boolean {
    if (event.type === 'device-added') {
      if (this.#memberOf.get(event.device) === event.member) return false
      this.#memberOf.set(event.device, event.member)
      return true
    }
    const members = this.#sharedWith.get(event.device) ?? new Set()
    this.#sharedWith.set(event.device, members)
    if (members.has(event.withMember)) return false
    members.add(event.withMember)
    return true
  }

  /** Ourselves included: we can always read ourselves. */
  views(self: OwnKeys | undefined): MemberStatus[] {
    return [...this.#memberOf].map(([device, member]) => {
      const isSelf = device === self?.device
      return {
        member,
        device,
        isSelf,
        isReadable: isSelf || (self !== undefined && this.#hasShared(device, self.member)),
        readsUs: isSelf || (self !== undefined && this.#hasShared(self.device, member)),
      }
    })
  }

  /** The other members who have our key, in a fixed order: who can read what we send from now on. */
  readers(self: OwnKeys): PublicKey[] {
    return [...(this.#sharedWith.get(self.device) ?? [])].filter((member) => member !== self.member).sort()
  }

  /** Those of these devices with which keys are not exchanged in both directions. */
  missing(self: OwnKeys, devices: readonly PublicKey[]): MissingKeys[] {
    return devices.flatMap((device): MissingKeys[] => {
      const member = this.#memberOf.get(device)
      if (device === self.device) return []
      if (member === undefined) return [{ device, lacks: 'membership' }]
      if (!this.#hasShared(device, self.member)) return [{ device, lacks: 'its key' }]
      return this.#hasShared(self.device, member) ? [] : [{ device, lacks: 'our key' }]
    })
  }

  #hasShared(device: PublicKey, member: PublicKey): boolean {
    return this.#sharedWith.get(device)?.has(member) ?? false
  }
}
