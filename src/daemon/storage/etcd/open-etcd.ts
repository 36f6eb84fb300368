import { readFile } from 'node:fs/promises'
import { messageOf, SnetError } from '../../../shared/errors.js'
import type { Address } from '../../../shared/units.js'
import { type Log, type PartHealth, warnSeldom } from '../../observability/index.js'
import { freeCallLock } from '../free-calls.js'
import type { Storage } from '../store.js'
import { Batches } from './batches.js'
import { EtcdChannels } from './channels.js'
import { EtcdClient } from './client.js'
import type { EtcdConfig } from './connection.js'
import { countSpellings } from './count-spellings.js'
import { AnotherEtcd, noAnswer, toFault, toStoreError, Unanswered, Unwritten } from './faults.js'
import { Holders } from './holders.js'
import { createHolds } from './holds.js'
import { createKeys, type SharedKeys, type SharedPlace } from './keys.js'
import { leaseFile } from './lease-file.js'
import { LeaselessLocks } from './leaseless.js'
import { countKeys } from './listing.js'
import { Locks } from './locks.js'
import { Membership } from './membership.js'
import { EtcdProcesses } from './processes.js'
import { Reads } from './reads.js'
import { Rows } from './rows.js'
import { EtcdTables } from './tables.js'

/** How etcd is reached, as the settings say it. */
export interface EtcdSettings {
  /** URLs; any of them may be down. */
  readonly endpoints: readonly string[]
  /** Used where an endpoint is `https`. */
  readonly tls: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string }
  readonly auth: { readonly username: string; readonly passwordFile: string } | undefined
  /** How long the first answer may take. */
  readonly connectionTimeoutMs: number
  readonly requestTimeoutMs: number
  /** After so long without its process whatever that held is free. */
  readonly leaseSeconds: number
  /** The EIP-55 spelling of an address. */
  readonly toAddress: (text: string) => Address
}

export interface EtcdDeps {
  readonly place: SharedPlace
  readonly directory: string
  readonly log: Log
}

/** An etcd that answers at all has taken back our locks and our lease by then. */
const LEAVE_MS = 1_500

/**
 * The store of a group whose daemons share an etcd. Errors: `unavailable` while it does not answer; `invalid-config` for
 * files that cannot be read and a password that is not right.
 */
export async function openEtcd(settings: EtcdSettings, { place, directory, log }: EtcdDeps): Promise<Storage> {
  const { toAddress } = settings
  const keys = createKeys(place)
  const tell = warnSeldom({ warn: (message, fields) => log.error(message, fields) })
  const client = await EtcdClient.open(await readConfig(settings), ({ message, cause }) =>
    tell(message, { error: cause }),
  )
  const prefix = `${keys.own}process/`
  let membership: Membership
  try {
    await client.range({ key: Buffer.from(prefix) }, performance.now() + settings.connectionTimeoutMs)
    membership = await Membership.open({
      ...{
        client,
        prefix,
        notes: `${keys.own}note/`,
        log,
        ttlSeconds: settings.leaseSeconds,
        file: leaseFile(directory),
      },
    })
  } catch (fault) {
    client[Symbol.dispose]()
    throw cannotOpen(fault, settings.endpoints)
  }
  await countSpellings({ client, keys, place: { ...place, toAddress }, log })
  const batches = new Batches(client, membership)
  const reads = new Reads(client)
  const rows = new Rows(reads)
  const locks = new Locks({ client, batches, membership, reads })
  const processes = new EtcdProcesses(client, { prefix, membership })
  const holders = new Holders({ client, membership, processes, locks, keys, moments: client.moments })
  const leaseless = new LeaselessLocks({ list: () => holders.leaseless(), leaseMs: settings.leaseSeconds * 1_000 })
  const channels = new EtcdChannels({ client, batches, membership, locks, reads, rows, holders, keys, toAddress })
  const tables = new EtcdTables({ client, batches, membership, locks, reads, rows, keys })
  const holds = createHolds({
    ...{ locks, holders, rows, rowOf: (table, name) => tables.rowOf(table, name) },
    lockOf: (name) => lockOf(keys, place, name),
  })
  return {
    backend: 'etcd',
    channels,
    table: (definition) => tables.table(definition),
    holds,
    processes,
    count: () => countKeys(client, keys.channels),
    useEndpoints: (endpoints) => useEndpoints(client, { ...settings, endpoints }),
    health: async () => healthOf(client, membership, leaseless),
    async [Symbol.asyncDispose]() {
      locks.refuse()
      await Promise.all([tables, channels].map((one) => one[Symbol.asyncDispose]()))
      // All that is paid is kept by now: what is not given back goes with the lease, and all else only watches the others.
      client.leave(LEAVE_MS)
      await locks[Symbol.asyncDispose]()
      await Promise.all([leaseless, holders, processes].map((one) => one[Symbol.asyncDispose]()))
      await membership[Symbol.asyncDispose]()
      client[Symbol.dispose]()
    },
  }
}

async function useEndpoints(client: EtcdClient, settings: EtcdSettings): Promise<void> {
  const where = settings.endpoints.join(', ')
  try {
    await client.useEndpoints(await readConfig(settings))
  } catch (fault) {
    if (fault instanceof AnotherEtcd)
      throw new SnetError('invalid-config', `payments are not kept in the etcd at ${where}, which is another one`, {
        hint: 'The daemon goes on with the etcd that it knows. To move: stop the daemons of the group, copy what is kept with snetd storage copy, then start them.',
      })
    if (fault instanceof SnetError) throw fault
    throw new SnetError('unavailable', `no etcd answers at ${where}`, {
      cause: fault,
      hint: 'The daemon goes on with the etcd that it knows, and tries again.',
    })
  }
}

/** Users of free calls are locked as the reference locks them; nothing else that is held by a name is known to it. */
function lockOf({ base, own }: SharedKeys, place: SharedPlace, name: string): string {
  const shared = freeCallLock(place, name)
  return shared === undefined ? `${own}lock/${encodeURIComponent(name)}` : base + shared
}

function healthOf(client: EtcdClient, { session }: Membership, { reason }: LeaselessLocks): PartHealth {
  if (session.lost.aborted || client.fault) return { ok: false, reason: 'the payment store (etcd) does not answer' }
  return reason === undefined ? { ok: true } : { ok: true, reason }
}

function cannotOpen(thrown: unknown, endpoints: readonly string[]): unknown {
  if (thrown instanceof SnetError) return thrown
  const fault = toFault(thrown)
  if (fault instanceof Unwritten) return toStoreError(fault, 'the payment store (etcd) cannot be opened')
  if (fault instanceof Unanswered)
    return new SnetError('unavailable', `no etcd answers at ${endpoints.join(', ')}: ${messageOf(fault)}`, {
      cause: noAnswer(fault),
      hint: 'Is it running, and reachable from here? The keys payment_channel_storage_client.* and payment_channel_*_path say how it is reached.',
    })
  return new SnetError(
    'invalid-config',
    `the etcd at ${endpoints.join(', ')} refuses this daemon: ${messageOf(fault)}`,
    {
      cause: fault,
      hint: 'Its user needs to read and write all keys of the payment group: payment_channel_storage_client.username and .password_file.',
    },
  )
}

async function readConfig(settings: EtcdSettings): Promise<EtcdConfig> {
  const { endpoints, tls, auth, connectionTimeoutMs, requestTimeoutMs } = settings
  const isTls = endpoints.some((endpoint) => endpoint.startsWith('https://'))
  const [ca, cert, key] = await Promise.all([
    readFileOf('payment_channel_ca_path', isTls ? tls.caFile : undefined),
    readFileOf('payment_channel_cert_path', isTls ? tls.certFile : undefined),
    readFileOf('payment_channel_key_path', isTls ? tls.keyFile : undefined),
  ])
  const password = await readFileOf('payment_channel_storage_client.password_file', auth?.passwordFile)
  return {
    ...{ endpoints, connectionTimeoutMs, requestTimeoutMs },
    tls: isTls ? { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) } : undefined,
    auth: auth && { username: auth.username, password: String(password).replace(/\r?\n$/, '') },
  }
}

async function readFileOf(key: string, path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined
  return await readFile(path).catch((cause: unknown) => {
    throw new SnetError('invalid-config', `${key}: ${messageOf(cause)}`, { cause })
  })
}
