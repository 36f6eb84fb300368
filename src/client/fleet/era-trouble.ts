import type { GroupMessage } from '../../shared/wire/index.js'

/** A host in a group. */
export interface GroupHost {
  readonly name: string
  /** Of its Berty, A to E; undefined while not known. */
  readonly era: string | undefined
  readonly group: GroupMessage
}

export interface EraTrouble {
  readonly message: string
  readonly hint: string
  /** If false, a member that was not asked may be the cure. */
  readonly isCertain: boolean
}

const NEWEST = 'E'

/**
 * Why hosts of an older generation do not get ready: in a group that the newest generation made they learn of nobody
 * while only one member is of that generation (berty 3.7, under load). Undefined when this does not apply.
 */
export function eraTrouble(hosts: readonly GroupHost[]): EraTrouble | undefined {
  const [head, ...others] = hosts.filter(({ era }) => era === NEWEST)
  const maker = hosts.find(({ group }) => group.made_here)
  if (!head || others.length > 0 || (maker && maker !== head)) return undefined
  const blind = hosts.filter(
    ({ era, group }) => era !== undefined && era < NEWEST && !devicesOf(group).has(deviceOf(head)),
  )
  const [first] = blind
  if (!first) return undefined
  const known = new Set(hosts.map(deviceOf))
  const isCertain = maker === head && [...devicesOf(head.group)].every((device) => known.has(device))
  const who = blind.map(({ name, era }) => `${name} (era ${era})`).join(', ')
  const name = head.group.name ?? ''
  return {
    message: isCertain
      ? `${who} cannot get ready with ${head.name} (era ${NEWEST}): the group was made there, and no other host of that era is in it`
      : `${who} may not get ready with ${head.name} (era ${NEWEST}): if the group was made at that era, another host of it must be in it`,
    hint: `Let the oldest Berty create it: run "group leave ${name}" on these hosts, then "group create ${name}" with all of them.`,
    isCertain,
  }
}

const text = (key: Uint8Array | undefined): string => Buffer.from(key ?? []).toString('hex')
const deviceOf = ({ group }: GroupHost): string => text(group.device_pk)
const devicesOf = ({ members = [] }: GroupMessage): Set<string> =>
  new Set(members.map(({ device_pk }) => text(device_pk)))
