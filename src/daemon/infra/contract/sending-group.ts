import type { GroupStatus } from './control.js'
import type { Cid, PublicKey } from './keys.js'

/** What keeps us and a device from reading each other. */
export interface MissingKeys {
  readonly device: PublicKey
  readonly lacks: 'membership' | 'its key' | 'our key' | 'own keys'
}

/** A group as a test that sends into it needs it. */
export interface SendingGroup {
  readonly publicKey: PublicKey
  /** Our own device in the group, once known. */
  readonly device: PublicKey | undefined
  /**
   * Whether the list of its members has been read since the daemon started. Before that, it seems that nobody has our
   * key.
   */
  readonly knowsMembers: boolean
  /** The other members who have our key, in a fixed order: they can read what is sent from now on. */
  readers(): readonly PublicKey[]
  /** Which of these devices have not exchanged keys with us in both directions, and why. */
  missing(devices: readonly PublicKey[]): MissingKeys[]
  /** A send begins: acknowledgements that overtake its answer are kept until it is over. */
  expectAcknowledgements(): ExpectedAcknowledgements
}

export interface ExpectedAcknowledgements {
  /** The send has its outcome, and the store knows its cid where it has one. Error: `storage-failed`. */
  settle(cid: Cid | undefined): Promise<void>
}

/** What tests need of the groups. */
export interface SendingGroups {
  /** Error: `wrong-state` "peer not in group". */
  sendingGroup(name: string): SendingGroup
  list(): GroupStatus[]
  onChange(listener: () => void): () => void
  /**
   * Calls the listener when a message or an acknowledgement is read for the first time, with its run; undefined for a
   * message that is too short to name it.
   */
  onNews(listener: (run: string | undefined) => void): () => void
  /** Told when a group is left or forgotten, with the reason. */
  onGone(listener: (name: string, why: string) => void): () => void
}
