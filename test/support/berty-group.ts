import type { Berty, InviteContent } from '../../src/daemon/infra/contract/berty.js'
import type { PublicKey } from '../../src/daemon/infra/contract/keys.js'

export interface Member {
  readonly berty: Berty
  readonly member: PublicKey
  readonly device: PublicKey
}

/** All of them in one new group, the first one its creator. */
export async function joinTogether(
  bertys: readonly Berty[],
  name = 'together',
): Promise<{ invite: InviteContent; members: Member[] }> {
  const [creator, ...others] = bertys
  if (!creator) throw new Error('a group has at least one member')
  const invite = await creator.createGroup(name)
  for (const other of others) await other.joinGroup(invite)
  const members = await Promise.all(
    bertys.map(async (berty) => ({ berty, ...(await berty.groupKeys(invite.publicKey)) })),
  )
  return { invite, members }
}

/** Resolves when this member has the keys of the devices of all others. */
export async function readUntilReady(self: Member, group: PublicKey, members: readonly Member[]): Promise<void> {
  const missing = new Set(members.map(({ device }) => device).filter((device) => device !== self.device))
  const stop = new AbortController()
  if (missing.size === 0) return
  for await (const event of self.berty.readMembers(group, { signal: stop.signal })) {
    if (event.type !== 'key-shared' || event.withMember !== self.member) continue
    missing.delete(event.device)
    if (missing.size === 0) stop.abort()
  }
}
