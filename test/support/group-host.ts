import { SnetError } from '../../src/shared/errors.js'
import type { GroupMessage, InviteMessage } from '../../src/shared/wire/index.js'
import type { HostAnswers } from './control-host.js'

export interface GroupHostOptions {
  readonly era?: string
  /** Begin of the keys of groups that it makes. */
  readonly mark?: number
  /** Groups that it is in from the start, by name. */
  readonly groups?: Readonly<Record<string, GroupMessage>>
}

/** An invite for tests: any text that begins with the key of the group. */
const inviteOf = (group: GroupMessage): Buffer =>
  Buffer.concat([group.public_key ?? Buffer.alloc(32), Buffer.from('s')])

/** What a control daemon answers that keeps its groups: made here, or joined by an invite. */
export function groupHost({ era = 'E', mark = 1, groups = {} }: GroupHostOptions = {}): HostAnswers {
  const known = new Map(Object.entries(groups))
  const told = (name: string): InviteMessage => {
    const group = known.get(name) ?? {}
    return { group, invite: inviteOf(group), web_url: `https://berty.tech/id#group/${name}` }
  }
  const add = (name: string, public_key: Uint8Array): GroupMessage => {
    const group = { name, public_key, device_pk: Buffer.alloc(32, mark), active: true }
    known.set(name, group)
    return group
  }
  return {
    GetPeer: () => ({ state: 'CONNECTED', endpoint: '127.0.0.1:9091', version: 'v2', era }),
    ListGroups: () => ({ groups: [...known.values()] }),
    CreateGroup: ({ name = '' }) => {
      if (known.has(name)) throw new SnetError('already-exists', `peer already in group: ${name}`)
      add(name, Buffer.alloc(32, 0x10 * mark + known.size))
      return told(name)
    },
    GetInvite: ({ name = '' }) => told(name),
    JoinGroup: ({ name = '', invite = Buffer.alloc(0) }) => add(name, invite.subarray(0, 32)),
  }
}
