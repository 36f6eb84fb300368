import { encodeInvite, parseInvite } from '../berty/index.js'
import { systemClock } from '../clock.js'
import { GroupsPart, type GroupsDeps, type InviteCodec } from './groups.js'

export type { GroupsPart, InviteCodec } from './groups.js'
export type { Desk } from './desk.js'

const ownInvites: InviteCodec = { encode: (invite) => encodeInvite(invite, 'proto'), parse: parseInvite }

/** Groups as they were left; they are read as soon as their Berty is there. */
export const createGroups = ({
  clock = systemClock,
  invites = ownInvites,
  ...deps
}: Omit<GroupsDeps, 'clock' | 'invites'> & Partial<GroupsDeps>): GroupsPart =>
  new GroupsPart({ clock, invites, ...deps })
