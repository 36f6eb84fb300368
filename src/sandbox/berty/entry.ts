import type { MessageRecord } from './truth.js'

/** What others need to know of one peer's part in one group. Keys are lower-case hex. */
export interface Member {
  /** Name of the peer. */
  readonly name: string
  readonly memberKey: string
  readonly deviceKey: string
  /** Whether its process runs and has the group open. */
  readonly isOpen: boolean
  /** Whether it has written its chain key for that member, who can read everything that it sends from then on. */
  hasKeyFor(memberKey: string): boolean
}

/** One event of a group's log, as every member that has it lists it. */
export interface Entry {
  readonly group: string
  readonly list: 'messages' | 'metadata'
  readonly id: Buffer
  /** The event in wire form with the header of a gRPC message: encoded once and sent to every reader of a list. */
  readonly frame: Buffer
  readonly from: Member
  /** Size of the sent message in bytes. */
  readonly size: number
  readonly sentAt: number
  readonly parents: readonly Buffer[]
  /** Members that have the event, in a list or still waiting for a key. Each of them can pass it on. */
  readonly holders: Set<Member>
  /** The meaning of a metadata event that others act on. */
  readonly fact?: Fact | undefined
  readonly record?: MessageRecord | undefined
}

export type Fact =
  | { readonly is: 'member-device'; readonly member: string; readonly device: string }
  | { readonly is: 'chain-key'; readonly device: string; readonly member: string }
