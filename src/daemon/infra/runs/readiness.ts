import type { PeerLink } from '../contract/control.js'
import type { SendingGroup, SendingGroups } from '../contract/sending-group.js'

/**
 * Why nothing can be sent into a group now; undefined when it can. The list of its members comes later than the
 * connection, and what is sent before it is read would be expected of nobody (berty 3.7, under load).
 */
export function whyNotReady(
  { state }: Pick<PeerLink, 'state'>,
  group: Pick<SendingGroup, 'knowsMembers'>,
): string | undefined {
  if (state.state !== 'connected') return `Berty is away: ${state.reason}`
  return group.knowsMembers ? undefined : 'the list of the group’s members has not been read yet'
}

/** Tells of everything that may change that; returns what ends the telling. */
export function onReadiness(
  { peer, groups }: { readonly peer: Pick<PeerLink, 'onChange'>; readonly groups: Pick<SendingGroups, 'onChange'> },
  tell: () => void,
): () => void {
  const stops = [peer.onChange(tell), groups.onChange(tell)]
  return () => stops.forEach((stop) => stop())
}
