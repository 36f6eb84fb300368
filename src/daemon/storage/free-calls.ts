import {
  createGobWriter,
  decodeGob,
  defineGob,
  type GobBounds,
  gobFields,
  structShape,
} from '../../shared/gob/index.js'
import { type Address, isAddress } from '../../shared/units.js'
import type { FreeCallCount } from '../payments/ports.js'
import type { SharedLayout, TableDefinition } from './table.js'

/** How many free calls each user has made, where no group of the reference shares the store. */
export const FREE_CALLS: TableDefinition<FreeCallCount> = {
  name: 'free-calls',
  encode: ({ made, ...user }) => ({ ...user, made: String(made) }),
  decode: (fields) => ({
    service: fields.text('service'),
    address: fields.hex('address', 20) as Address,
    userId: fields.text('userId'),
    made: fields.number('made'),
  }),
}

/** Whose free calls they are, as keys of the reference name them. */
export interface FreeCallPlace {
  readonly organization: string
  /** Payment group id in base64, as in metadata. */
  readonly group: string
  readonly toAddress: (text: string) => Address
}

/** The same table in the layout of the reference, which all services of a group share. */
export const freeCallTable = (place: FreeCallPlace): TableDefinition<FreeCallCount> => ({
  ...FREE_CALLS,
  shared: layoutIn(place),
})

const PREFIX = '//free-call-user/storage/'
const LOCKS = '//freecall/lock/'

/** Where the reference has the lock of a user, by the key of his record; undefined where it names no user. */
export function freeCallLock(
  { organization, group }: Omit<FreeCallPlace, 'toAddress'>,
  key: string,
): string | undefined {
  const user = findUser(key)
  return user && `${LOCKS}{ID:${user.address}/${user.userId}/${organization}/${user.service}/${group}}`
}

/**
 * The record in which a user's calls count who has another one under this key: the reference counts the calls of every
 * spelling of an address by themselves, and reads more as an address than we do. Undefined for keys of records of ours.
 */
export function countedWith(sharedKey: string, place: FreeCallPlace): string | undefined {
  const user = parseSharedKey(sharedKey, place)
  if (!user) return undefined
  const digits = user.address.replace(/^0x/i, '').slice(-40).padStart(40, '0')
  if (!isAddress(`0x${digits}`)) return undefined
  const address = place.toAddress(`0x${digits}`)
  return address === user.address ? undefined : `${user.service}/${address}/${user.userId}`
}

const writeCount = createGobWriter(
  defineGob(
    structShape(
      'FreeCallUserData',
      ['Address', 'string'],
      ['UserID', 'string'],
      ['FreeCallsMade', 'int'],
      ['OrganizationId', 'string'],
      ['ServiceId', 'string'],
      ['GroupID', 'string'],
    ),
  ),
)

/** A user's name is bounded where he calls, but not by the reference. */
const BOUNDS: GobBounds = { bytes: 64 * 1024, nesting: 4, definitions: 16 }

function layoutIn(place: FreeCallPlace): SharedLayout<FreeCallCount> {
  const { organization, group, toAddress } = place
  return {
    prefix: PREFIX,
    keysOf(key) {
      const { service, address, userId } = parseKey(key)
      return [`${PREFIX}{ID:${address}/${userId}/${organization}/${service}/${group}}`]
    },
    keyOf(sharedKey) {
      const user = parseSharedKey(sharedKey, place)
      // The reference has a record for every spelling of an address; ours is the one of EIP-55.
      if (!user || !isAddress(user.address)) return undefined
      const address = toAddress(user.address)
      return address === user.address ? `${user.service}/${address}/${user.userId}` : undefined
    },
    read([bytes], key) {
      if (!bytes) return undefined
      return { ...parseKey(key), made: readMade(bytes) }
    },
    write(count, key) {
      if (!count) return [undefined]
      const { service, address, userId } = parseKey(key)
      return [
        writeCount({
          Address: address,
          UserID: userId,
          FreeCallsMade: count.made,
          OrganizationId: organization,
          ServiceId: service,
          GroupID: group,
        }),
      ]
    },
  }
}

function readMade(bytes: Uint8Array): bigint {
  const made = gobFields(decodeGob(bytes, BOUNDS).value).integer('FreeCallsMade')
  if (made < 0n) throw new Error('field FreeCallsMade is negative')
  return made
}

/** A key of the table; a user id may hold slashes. */
function parseKey(key: string): Omit<FreeCallCount, 'made'> {
  const user = findUser(key)
  if (!user) throw new Error(`"${key}" names no user of free calls`)
  return user
}

function findUser(key: string): Omit<FreeCallCount, 'made'> | undefined {
  const [, service, address, userId] = /^([^]*?)\/(0x[0-9a-fA-F]{40})\/([^]*)$/.exec(key) ?? []
  if (service === undefined || address === undefined || userId === undefined) return undefined
  return { service, address: address as Address, userId }
}

/** A key of the reference; its address is as a client spelled it. */
function parseSharedKey(
  sharedKey: string,
  { organization, group }: FreeCallPlace,
): { readonly service: string; readonly address: string; readonly userId: string } | undefined {
  const [start, end] = [`${PREFIX}{ID:`, `/${group}}`]
  if (!sharedKey.startsWith(start) || !sharedKey.endsWith(end)) return undefined
  const text = sharedKey.slice(start.length, -end.length)
  const slash = text.indexOf('/')
  const middle = text.lastIndexOf(`/${organization}/`)
  if (slash < 0 || middle < slash) return undefined
  return {
    address: text.slice(0, slash),
    userId: text.slice(slash + 1, middle),
    service: text.slice(middle + organization.length + 2),
  }
}
