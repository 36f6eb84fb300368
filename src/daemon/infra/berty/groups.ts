import { SnetError } from '../../../shared/errors.js'
import type { BertyInvite } from '../../../shared/wire/index.js'
import type { InviteContent } from '../berty.js'
import { bytesOf, type PublicKey } from '../keys.js'
import { keyOf } from './cids.js'
import { BertyError } from './errors.js'
import { contentOf, judgeInvite } from './invites/content.js'
import { fieldsOfReply, groupOfContent } from './invites/link-messages.js'
import type { GroupInfoReply } from './messages.js'
import type { Asking } from './asking.js'

/** Creates, joins and activates the group in Berty, and reads its invite. */
export async function createGroup(ask: Asking, name: string, signal?: AbortSignal): Promise<InviteContent> {
  const { group_pk } = await ask.protocol<{ group_pk?: Buffer }>('MultiMemberGroupCreate', {}, signal)
  const group = keyOf(group_pk)
  if (!group) throw new SnetError('upstream-failed', 'Berty created a group without a key')
  const request = { group_pk: bytesOf(group), group_name: name }
  const reply = await ask.messenger<BertyInvite>('ShareableBertyGroup', request, signal)
  const fields = fieldsOfReply(reply)
  const problem = judgeInvite(fields)
  if (problem !== undefined)
    throw new SnetError('upstream-failed', `created invite was of type nil, something else went wrong: ${problem}`)
  // Berty has activated it already where the messenger was quick; once more tells us that it is.
  await activateGroup(ask, group, signal)
  return { ...contentOf(fields), displayName: fields.displayName || name }
}

/** A group that this account is in already is joined all the same: after a restart of ours that is the rule. */
export async function joinGroup(ask: Asking, invite: InviteContent, signal?: AbortSignal): Promise<void> {
  try {
    const request = { group: groupOfContent(invite) }
    await ask.protocol<object>('MultiMemberGroupJoin', request, signal)
  } catch (thrown) {
    if (!(thrown instanceof BertyError && thrown.kind === 'already-exists')) throw thrown
  }
  await activateGroup(ask, invite.publicKey, signal)
}

export async function activateGroup(ask: Asking, group: PublicKey, signal?: AbortSignal): Promise<void> {
  await ask.protocol('ActivateGroup', { group_pk: bytesOf(group) }, signal)
}

export async function leaveGroup(ask: Asking, group: PublicKey, signal?: AbortSignal): Promise<void> {
  await ask.protocol('MultiMemberGroupLeave', { group_pk: bytesOf(group) }, signal)
}

export async function groupKeys(
  ask: Asking,
  group: PublicKey,
  signal?: AbortSignal,
): Promise<{ member: PublicKey; device: PublicKey }> {
  const reply = await ask.protocol<GroupInfoReply>('GroupInfo', { group_pk: bytesOf(group) }, signal)
  const member = keyOf(reply.member_pk)
  const device = keyOf(reply.device_pk)
  if (!member || !device) throw new SnetError('upstream-failed', 'Berty told no keys of ours in the group')
  return { member, device }
}
