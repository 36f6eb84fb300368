import type { MessageRecord } from './truth.js'

/** One peer's part in one group, as far as others have to know it. Keys are lower-case hex. */
export interface Member {
  /** Name of the peer. */
  readonly name: string
  readonly memberKey: string
  readonly deviceKey: string
  /** Its process runs and the group is open in it. */
  readonly isOpen: boolean
  /** Whether it has written its chain key for that member: what it sends from then on, the member can read. */
  hasKeyFor(memberKey: string): boolean
}

/** One event of a group's log, as every member that has it lists it. */
export interface Entry {
  readonly group: string
  readonly list: 'messages' | 'metadata'
  readonly id: Buffer
  /** The event in wire form with the header of a gRPC message: written once, sent to everybody who lists it. */
  readonly frame: Buffer
  readonly from: Member
  /** Bytes of what was sent. */
  readonly size: number
  readonly sentAt: number
  readonly parents: readonly Buffer[]
  /** Members that have it, in their list or waiting for a key. Any of them can pass it on. */
  readonly holders: Set<Member>
  /** What metadata says. */
  readonly fact?: Fact | undefined
  readonly record?: MessageRecord | undefined
}

export type Fact =
  | { readonly is: 'member-device'; readonly member: string; readonly device: string }
  | { readonly is: 'chain-key'; readonly device: string; readonly member: string }
