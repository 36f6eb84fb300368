import { SnetError } from '../../../shared/errors.js'
import { decode, VERSION } from '../record-text.js'
import type { StoreIdentity } from './marker.js'

type Identity = Omit<StoreIdentity, 'backend'>

/** What a store says of itself from which nothing may be sold. */
interface Moved extends Identity {
  /** In words. */
  readonly why: string
  /** ISO 8601. */
  readonly time: string
}

export const movedText = (why: string, { network, organization, group, mpe }: Identity, now: Date): string =>
  JSON.stringify({ version: VERSION, why, time: now.toISOString(), network, organization, group, mpe })

/** What it lacks lies elsewhere: from here it would be sold again. */
export function requireNotMoved(text: string, directory: string): never {
  const { why, time } = read(text)
  throw new SnetError('invalid-config', `nothing is sold from ${directory}: ${why} (${time})`, {
    hint: 'Name the store from which it is, in payment_channel_storage_type and payment_channel_storage_client. To sell from this one, stop the daemons of the group, and bring what they sold: snetd storage copy FROM TO, each the config file of its daemon.',
  })
}

/** Whoever brings payments back brings those of the same identity. Error: `invalid-config`. */
export function requireSameIdentity(text: string, directory: string, identity: Identity): void {
  const moved = read(text)
  const parts = ['network', 'organization', 'group', 'mpe'] as const
  const changes = parts.filter((part) => moved[part] !== identity[part])
  if (changes.length === 0) return
  throw new SnetError(
    'invalid-config',
    `the store in ${directory} has payments of another identity: ${changes.map((part) => `${part} ${moved[part]} → ${identity[part]}`).join(', ')}`,
    { hint: 'Name another data_dir.' },
  )
}

const read = (text: string): Moved =>
  decode(text, 'moved-to', (fields) => ({
    why: fields.text('why'),
    time: fields.text('time'),
    network: fields.text('network'),
    organization: fields.text('organization'),
    group: fields.text('group'),
    mpe: fields.text('mpe'),
  }))
