import { systemClock } from '../clock.js'
import { GroupsPart, type GroupsDeps } from './groups.js'

export type { GroupsPart, InviteCodec } from './groups.js'
export type { Desk } from './desk.js'

/** Groups as they were left; they are read as soon as their Berty is there. */
export const createGroups = ({
  clock = systemClock,
  ...deps
}: Omit<GroupsDeps, 'clock'> & Partial<GroupsDeps>): GroupsPart => new GroupsPart({ clock, ...deps })
