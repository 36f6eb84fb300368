import { Args } from '@oclif/core'
import { SnetError } from '../../shared/errors.js'
import { listOf } from '../../shared/short-text.js'
import { mayBeShort, resolveShort } from '../short-ids.js'
import type { Fleet } from './fleet.js'

const KNOWN_GROUP = 'Group, by its name on these hosts or the first 8 characters of its key.'

/** A group that hosts are in; `knownGroup` says which one is meant. */
export const groupArg = Args.string({ description: KNOWN_GROUP, required: true, ignoreStdin: true })
export const optionalGroupArg = Args.string({ description: KNOWN_GROUP, ignoreStdin: true })

export const newGroupArg = Args.string({ description: 'Name for the group.', required: true, ignoreStdin: true })

const TEST = 'Test; the number 3 and the text "3" are the same.'
export const testArg = Args.string({ description: TEST, required: true, ignoreStdin: true })
export const optionalTestArg = Args.string({ description: TEST, ignoreStdin: true })

/**
 * The name of the group that is meant: what is written, unless that begins the key of a group and is the name of none.
 * Error: `invalid-request` naming the candidates where several groups are meant, or hosts name one differently.
 */
export async function knownGroup(fleet: Fleet, written: string): Promise<string> {
  if (!mayBeShort(written)) return written
  const answers = await fleet.each((peer) => peer.call('ListGroups', {}))
  const groups = answers
    .flatMap((one) => (one.ok ? (one.result.groups ?? []) : []))
    .map(({ name = '', public_key }) => ({ name, key: Buffer.from(public_key ?? []).toString('hex') }))
  if (groups.some(({ name }) => name === written)) return written
  const key = resolveShort(
    'group',
    written,
    groups.map((group) => group.key),
  )
  const names = [...new Set(groups.flatMap((group) => (group.key === key ? [group.name] : [])))]
  if (names.length < 2) return names[0] ?? written
  throw new SnetError('invalid-request', `group ${written} is ambiguous: these hosts call it ${listOf(names)}`, {
    hint: 'Give the name, for the hosts that use it.',
  })
}
