/** A Berty as the rest of this room sees it: one connection, whatever its era. Implemented in berty/. */
import type { Cid, PublicKey } from './keys.js'
import type { SendOutcome } from './records.js'

/** Generations of Berty by what they serve (berty 3.1). */
export type Era = 'A' | 'B' | 'C' | 'D' | 'E'

export interface BertyDetails {
  readonly account: PublicKey
  /** Of the account, not of any group. */
  readonly device: PublicKey
  readonly peerId: string
  readonly listeners: readonly string[]
  readonly era: Era
  /** Berty's own; 'n/a' where it does not say. */
  readonly version: string
  readonly hasMedia: boolean
}

/** The group in an invite. Everybody who holds it can join, so it is never logged. */
export interface InviteContent {
  readonly publicKey: PublicKey
  readonly secret: Uint8Array
  readonly secretSig: Uint8Array
  readonly signPub: Uint8Array
  readonly linkKey: Uint8Array
  readonly linkKeySig: Uint8Array
  readonly displayName: string
  readonly internalUrl: string
  readonly webUrl: string
}

/** A message event read from a group, its own messages included. */
export interface BertyMessage {
  readonly cid: Cid
  /** Key of the sending device in this group. */
  readonly device: PublicKey
  /** Of that device in this group; counts acknowledgements too, and may start anywhere in uint64. */
  readonly counter: bigint
  /** Microseconds since 1970. */
  readonly receivedAt: number
  /** Came as it happened, not out of the history. */
  readonly isLive: boolean
  /** The same event came again within one and the same stream. */
  readonly isRepeat: boolean
  readonly content:
    | {
        readonly type: 'user'
        readonly body: string
        readonly sentDateMs: number | undefined
        readonly mediaCids: readonly string[]
      }
    | { readonly type: 'acknowledge'; readonly target: Cid }
    /** Another kind of message, or bytes that are none: skipped, but known. */
    | { readonly type: 'other' }
  /** Bytes of the application message. */
  readonly size: number
}

/** Who is in a group, and who has shared keys with whom. */
export type MemberEvent =
  | { readonly type: 'device-added'; readonly member: PublicKey; readonly device: PublicKey }
  | { readonly type: 'key-shared'; readonly device: PublicKey; readonly withMember: PublicKey }

export interface Sent {
  readonly outcome: SendOutcome
  /** Where the outcome is `sent`. */
  readonly cid?: Cid
  /** Where it is not. */
  readonly reason?: string
  /** Nothing of it has reached Berty. */
  readonly isUnsent?: boolean
}

export interface Berty {
  readonly details: BertyDetails
  /** Aborts when this connection is given up for another one, or its account has changed. */
  readonly closed: AbortSignal
  /** The group is joined and active. */
  createGroup(name: string, signal?: AbortSignal): Promise<InviteContent>
  /** A group already joined is no error. */
  joinGroup(invite: InviteContent, signal?: AbortSignal): Promise<void>
  /** Once per group and process of ours: on an active group Berty starts one more watcher each time. */
  activateGroup(group: PublicKey, signal?: AbortSignal): Promise<void>
  leaveGroup(group: PublicKey, signal?: AbortSignal): Promise<void>
  /** Our own keys in the group. */
  groupKeys(group: PublicKey, signal?: AbortSignal): Promise<{ member: PublicKey; device: PublicKey }>
  /**
   * Never throws for an answer of Berty: a send has an outcome. Refuses texts that would block the group (berty 3.7,
   * sizes).
   */
  sendText(group: PublicKey, body: string, options: { timeoutMs: number; signal?: AbortSignal }): Promise<Sent>
  /** Error: `wrong-state` where Berty has no media. */
  sendMedia(
    group: PublicKey,
    media: { bytes: Uint8Array; mimeType: string; filename: string; displayName: string },
    options: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<Sent>
  /**
   * Every message of the group, each event id once (repeats within one stream are marked): opened `since_now`, then the
   * whole list is read, and so again after every interruption; ends with `signal` or `closed`. `onHistory` is called
   * each time a whole list has been read.
   *
   * @param isKnown ids that are kept already: they are neither decoded nor handed on. Asked for every id that this
   *   reader has not handed on itself
   */
  readMessages(
    group: PublicKey,
    options: { isKnown: (id: Cid) => boolean; onHistory?: () => void; signal: AbortSignal },
  ): AsyncIterable<BertyMessage>
  /**
   * The whole list of messages as it is now, in no order; one may come twice. Errors: as Berty tells, or `unavailable`.
   */
  scanMessages(group: PublicKey, take: (message: BertyMessage) => void, signal: AbortSignal): Promise<void>
  /** The same as `readMessages` for the members and their keys. */
  readMembers(group: PublicKey, options: { onHistory?: () => void; signal: AbortSignal }): AsyncIterable<MemberEvent>
  /** The authorisation flow with a token server, then the group's registration. Returns the token's id. */
  addReplication(group: PublicKey, tokenServer: string, signal?: AbortSignal): Promise<string>
  connectedPeers(signal?: AbortSignal): Promise<number>
}
