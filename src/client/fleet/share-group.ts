import { prefixError, SnetError } from '../../shared/errors.js'
import type { GroupMessage, InviteMessage, PeerMessage } from '../../shared/wire/index.js'
import { eraTrouble, type EraTrouble } from './era-trouble.js'
import type { formatOf } from './plan.js'
import type { Fleet, FleetPeer, PeerOutcome } from './fleet.js'
import { requireHosts } from './missing-hosts.js'
import { inviteView, type InviteView } from './views.js'

/** How a host came to be in the group. */
export type Share = 'made' | 'joined' | 'there'

export interface Shared {
  readonly share: Share
  /** As the host sees it. */
  readonly group: GroupMessage
}

export interface SharedGroup {
  readonly invite: InviteView
  readonly outcomes: readonly PeerOutcome<Shared>[]
  /** Why some of the hosts will not get ready. */
  readonly trouble: EraTrouble | undefined
}

interface Known {
  readonly state: PeerMessage
  readonly group: GroupMessage | undefined
}

/** A host that has answered, by its place in the fleet. */
interface Answered extends Known {
  readonly at: number
  readonly peer: FleetPeer
}

/**
 * One group of that name on all hosts: that of the first host that has one, else a new one, made by the host with the
 * oldest Berty, since members of an older generation cannot get ready in a group of a newer one (berty 3.7). The others
 * join. None is made while a host is away that may have one of that name. Error: that of the host that could not make the
 * group, or of the one that is away; nobody has a new one then.
 */
export async function shareGroup(
  fleet: Fleet,
  name: string,
  { allowMissing = false, ...format }: ReturnType<typeof formatOf> & { readonly allowMissing?: boolean },
): Promise<SharedGroup> {
  const found = await fleet.each((peer) => lookAt(peer, name))
  const answered = found.flatMap((one, at): Answered[] =>
    one.ok ? [{ ...one.result, at, peer: fleet.peers[at] as FleetPeer }] : [],
  )
  if (answered.every(({ group }) => !group)) requireHosts(found, { allowMissing, undone: 'no group was made' })
  const source = sourceOf(answered) as Answered
  const request = { name, ...format }
  const made = source.group ? undefined : await make(source.peer, request)
  const invite = made ?? (await source.peer.call('GetInvite', request))
  const outcomes = await fleet.each(async (peer, at): Promise<Shared> => {
    const one = found[at] as (typeof found)[number]
    if (!one.ok) throw one.error
    if (made && at === source.at) return { share: 'made', group: made.group ?? {} }
    return await takePart(peer, one.result.group, invite)
  })
  const hosts = outcomes.flatMap(({ peer: host, ...one }, at) => {
    const known = found[at]
    return one.ok && known?.ok ? [{ name: host, era: eraOf(known.result), group: one.result.group }] : []
  })
  return { invite: inviteView(invite), outcomes, trouble: eraTrouble(hosts) }
}

async function make(peer: FleetPeer, request: { readonly name: string }): Promise<InviteMessage> {
  try {
    return await peer.call('CreateGroup', request)
  } catch (fault) {
    throw prefixError(`${peer.name}: `, fault)
  }
}

async function lookAt(peer: FleetPeer, name: string): Promise<Known> {
  const [state, { groups = [] }] = await Promise.all([peer.call('GetPeer', {}), peer.call('ListGroups', {})])
  return { state, group: groups.find((group) => group.name === name) }
}

/** Picks the group: if several hosts have one of this name, that of the first host named. */
function sourceOf(answered: readonly Answered[]): Answered | undefined {
  const [first] = answered.filter(({ group }) => group)
  const able = answered.filter(({ state }) => state.state === 'CONNECTED')
  const candidates = first
    ? answered.filter(({ group }) => group && publicKeyText(group) === publicKeyText(first.group))
    : able.length > 0
      ? able
      : answered
  return [...candidates].sort((a, b) => (eraOf(a) ?? 'Z').localeCompare(eraOf(b) ?? 'Z') || a.at - b.at)[0]
}

const eraOf = ({ state }: Known): string | undefined => state.era || undefined

async function takePart(peer: FleetPeer, has: GroupMessage | undefined, invite: InviteMessage): Promise<Shared> {
  const { group = {}, invite: bytes } = invite
  const name = group.name ?? ''
  if (has && publicKeyText(has) !== publicKeyText(group))
    throw new SnetError('already-exists', `peer already in group: ${name}, a different group with that name`, {
      hint: `Run "group leave ${name}" there, then this command again.`,
    })
  if (has?.active === true) return { share: 'there', group: has }
  return { share: 'joined', group: await peer.call('JoinGroup', { name, ...(bytes && { invite: bytes }) }) }
}

const publicKeyText = (group: GroupMessage = {}): string => Buffer.from(group.public_key ?? []).toString('hex')
