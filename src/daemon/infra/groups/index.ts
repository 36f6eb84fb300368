import { systemClock } from '../../../shared/clock.js'
import { type GroupsDeps, JoinedGroups } from './groups.js'

export type { InviteCodec, JoinedGroups } from './groups.js'

/** Groups as they were left; they are read as soon as their Berty is there. */
export const createGroups = ({
  clock = systemClock,
  ...deps
}: Omit<GroupsDeps, 'clock'> & Partial<GroupsDeps>): JoinedGroups => new JoinedGroups({ clock, ...deps })
