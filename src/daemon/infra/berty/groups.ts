import { SnetError } from '../../../shared/errors.js'
import type { InviteContent } from '../contract/berty.js'
import { bytesOf, type PublicKey } from '../contract/keys.js'
import { keyOf } from './cids.js'
import { BertyError } from './errors.js'
import { contentOf, fieldsOfReply, groupOfContent, judgeInvite } from './invites/index.js'
import type { BertyCalls } from './calls.js'

/** Creates, joins and activates the group in Berty, and reads its invite. */
export async function createGroup(calls: BertyCalls, name: string, signal?: AbortSignal): Promise<InviteContent> {
  const { group_pk } = await calls.protocol('MultiMemberGroupCreate', {}, signal)
  const group = keyOf(group_pk)
  if (!group) throw new SnetError('upstream-failed', 'Berty created a group without a key')
  try {
    return await shareGroup(calls, group, name, signal)
  } catch (thrown) {
    // Nobody will ever use this group, so a failure to leave it does not matter.
    await leaveGroup(calls, group).catch(() => undefined)
    throw thrown
  }
}

async function shareGroup(
  calls: BertyCalls,
  group: PublicKey,
  name: string,
  signal?: AbortSignal,
): Promise<InviteContent> {
  const request = { group_pk: bytesOf(group), group_name: name }
  const fields = fieldsOfReply(await calls.messenger('ShareableBertyGroup', request, signal))
  const problem = judgeInvite(fields)
  if (problem !== undefined)
    throw new SnetError('upstream-failed', `created invite was of type nil, something else went wrong: ${problem}`)
  // Berty has activated it already; asking again confirms it.
  await activateGroup(calls, group, signal)
  return { ...contentOf(fields), displayName: fields.displayName || name }
}

/** No error if the account is in the group already: after a restart of this daemon that is normal. */
export async function joinGroup(calls: BertyCalls, invite: InviteContent, signal?: AbortSignal): Promise<void> {
  try {
    const request = { group: groupOfContent(invite) }
    await calls.protocol('MultiMemberGroupJoin', request, signal)
  } catch (thrown) {
    if (!(thrown instanceof BertyError && thrown.kind === 'already-exists')) throw thrown
  }
  await activateGroup(calls, invite.publicKey, signal)
}

export async function activateGroup(calls: BertyCalls, group: PublicKey, signal?: AbortSignal): Promise<void> {
  await calls.protocol('ActivateGroup', { group_pk: bytesOf(group) }, signal)
}

export async function leaveGroup(calls: BertyCalls, group: PublicKey, signal?: AbortSignal): Promise<void> {
  await calls.protocol('MultiMemberGroupLeave', { group_pk: bytesOf(group) }, signal)
}

export async function groupKeys(
  calls: BertyCalls,
  group: PublicKey,
  signal?: AbortSignal,
): Promise<{ member: PublicKey; device: PublicKey }> {
  const reply = await calls.protocol('GroupInfo', { group_pk: bytesOf(group) }, signal)
  const member = keyOf(reply.member_pk)
  const device = keyOf(reply.device_pk)
  if (!member || !device) throw new SnetError('upstream-failed', 'Berty told no keys of ours in the group')
  return { member, device }
}
