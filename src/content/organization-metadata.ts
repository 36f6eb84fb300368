import { SnetError } from '../shared/errors.js'
import { type Address, type GroupId, groupIdFromBase64, ZERO_ADDRESS } from '../shared/units.js'
import { parseExactJson, Reading } from './reading.js'

/** What is used of an organisation's metadata, for one payment group (snet-wire 7.1). */
export interface OrganizationMetadata {
  readonly group: { readonly name: string; readonly id: GroupId; readonly idText: string }
  readonly recipient: Address
  /** Blocks. */
  readonly expirationThreshold: bigint
  /** URLs of the etcd that the group's replicas share; empty where none is named. */
  readonly storage: { readonly endpoints: readonly string[] }
}

export type ToAddress = (text: string) => Address

const WHAT = 'organisation metadata'

export function parseOrganization(
  bytes: Uint8Array,
  groupName: string | undefined,
  toAddress: ToAddress,
): OrganizationMetadata {
  const reading = new Reading()
  const metadata = reading.object(parseExactJson(bytes, WHAT))
  const groups = reading.list(metadata['groups'], 'groups').map((group) => reading.object(group))
  reading.finish(WHAT)
  const group = chooseGroup(groupName, groups)
  const name = String(group['group_name'])
  const at = `groups "${name}"`
  const payment = reading.object(group['payment'])
  const idText = reading.text(group['group_id'], `${at}.group_id`)
  const recipient = recipientOf(payment['payment_address'], name, at, reading, toAddress)
  const threshold = payment['payment_expiration_threshold']
  const expirationThreshold = reading.amount(threshold, `${at}.payment.payment_expiration_threshold`)
  const client = reading.object(payment['payment_channel_storage_client'])
  const endpoints = reading.texts(client['endpoints'], `${at}.payment.payment_channel_storage_client.endpoints`)
  reading.finish(WHAT)
  return {
    group: { name, id: groupIdFromBase64(idText), idText },
    recipient,
    expirationThreshold,
    storage: { endpoints },
  }
}

function recipientOf(value: unknown, groupName: string, at: string, reading: Reading, toAddress: ToAddress): Address {
  if (value === undefined || value === '' || value === ZERO_ADDRESS) {
    reading.faults.push(`Mandatory field : Recipient Address is missing for the Group ${groupName} `)
    return ZERO_ADDRESS
  }
  return reading.through(`${at}.payment.payment_address`, ZERO_ADDRESS, () =>
    toAddress(typeof value === 'string' ? value : ''),
  )
}

/** The group of that exact name, or the first one when none is asked for. */
export function chooseGroup(
  name: string | undefined,
  groups: readonly Record<string, unknown>[],
): Record<string, unknown> {
  const group = name === undefined ? groups[0] : groups.find((candidate) => candidate['group_name'] === name)
  if (!group) throw unknownGroup(name ?? '', groups)
  return group
}

/** The text is the reference's; programs match it. */
function unknownGroup(groupName: string, groups: readonly Record<string, unknown>[]): SnetError {
  const names = groups.map((group) => JSON.stringify(group['group_name'])).join(', ')
  return new SnetError(
    'invalid-config',
    `group name ${groupName} in config is invalid, there was no group found with this name in the metadata`,
    { hint: `Set daemon_group_name to one of: ${names || 'none is registered'}.` },
  )
}
