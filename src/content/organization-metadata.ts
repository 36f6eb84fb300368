import { parseDuration } from '../shared/duration.js'
import { listOf } from '../shared/short-text.js'
import { type Address, type GroupId, groupIdFromBase64, ZERO_ADDRESS } from '../shared/units.js'
import { parseExactJson } from './exact-json.js'
import { type Fields, Reading } from './reading.js'

/** What is used of an organisation's metadata, for one payment group (snet-wire 7.1). */
export interface OrganizationMetadata {
  readonly group: { readonly name: string; readonly id: GroupId; readonly idText: string }
  readonly recipient: Address
  /** Blocks. */
  readonly expirationThreshold: bigint
  readonly storage: SharedStorage
}

/** The etcd that the group's replicas share, and how long it may take; undefined and empty where nothing is said. */
export interface SharedStorage {
  readonly endpoints: readonly string[]
  readonly connectionTimeoutMs: number | undefined
  readonly requestTimeoutMs: number | undefined
}

export type ToAddress = (text: string) => Address

const WHAT = 'organisation metadata'

/** Error: `invalid-config` with every fault of the document that concerns the group. */
export function parseOrganization(
  bytes: Uint8Array,
  groupName: string | undefined,
  toAddress: ToAddress,
): OrganizationMetadata {
  const reading = new Reading(WHAT)
  const group = chooseGroup(groupName, parseExactJson(bytes, WHAT), reading).group
  if (!group) return reading.finish()
  const name = reading.text(group['group_name'], 'groups[0].group_name')
  const at = `groups "${name}"`
  const payment = reading.object(group['payment'])
  const idText = groupIdText(group['group_id'], `${at}.group_id`, reading)
  const recipient = recipientOf(payment['payment_address'], name, `${at}.payment.payment_address`, reading, toAddress)
  const threshold = payment['payment_expiration_threshold']
  const expirationThreshold = reading.amount(threshold, `${at}.payment.payment_expiration_threshold`)
  const client = reading.object(payment['payment_channel_storage_client'])
  const endpoints = reading.texts(client['endpoints'], `${at}.payment.payment_channel_storage_client.endpoints`)
  if (reading.hasFaults) return reading.finish()
  return {
    group: { name, id: groupIdFromBase64(idText), idText },
    recipient,
    expirationThreshold,
    storage: {
      endpoints,
      connectionTimeoutMs: milliseconds(client['connection_timeout']),
      requestTimeoutMs: milliseconds(client['request_timeout']),
    },
  }
}

/** What is no duration is not said: nobody shall be kept from his payments by it. */
function milliseconds(written: unknown): number | undefined {
  const us = typeof written === 'string' ? parseDuration(written) : undefined
  return us === undefined ? undefined : us / 1_000
}

function groupIdText(value: unknown, path: string, reading: Reading): string {
  const text = reading.text(value, path)
  if (/^[A-Za-z0-9+/\r\n]*={0,2}$/.test(text)) return text
  reading.fault(`${path} must be 32 bytes in base64`)
  return ''
}

function recipientOf(value: unknown, groupName: string, at: string, reading: Reading, toAddress: ToAddress): Address {
  if (value === undefined || value === null || value === '' || value === ZERO_ADDRESS) {
    reading.fault(
      `Mandatory field : Recipient Address is missing for the Group ${groupName} `,
      `Set ${at} to the address that payments are for, publish the metadata again and register its new address.`,
    )
    return ZERO_ADDRESS
  }
  return reading.through(at, ZERO_ADDRESS, () => toAddress(typeof value === 'string' ? value : ''))
}

/**
 * The document and its group of that exact name, or its first one when none is asked for. What is missing is a fault;
 * the text for a group is the reference's, which programs match.
 */
export function chooseGroup(
  name: string | undefined,
  document: unknown,
  reading: Reading,
): { readonly metadata: Fields; readonly group: Fields | undefined } {
  const metadata = reading.object(document)
  const listed = metadata['groups']
  const groups = reading.list(listed, 'groups').map((group) => reading.object(group))
  const group = name === undefined ? groups[0] : groups.find((candidate) => candidate['group_name'] === name)
  if (!group && name === undefined && Array.isArray(listed)) reading.fault('groups has to hold a group')
  if (!group && name !== undefined && Array.isArray(listed)) {
    const names = groups.map(({ group_name: each }) => (typeof each === 'string' ? JSON.stringify(each) : 'no text'))
    reading.knownFault(
      `group name ${name} in config is invalid, there was no group found with this name in the metadata`,
      `Set daemon_group_name to one of: ${listOf(names)}.`,
    )
  }
  return { metadata, group }
}
