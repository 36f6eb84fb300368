import { randomBytes } from 'node:crypto'
import { addressOfKey } from '../../src/ethereum/index.js'
import type { Network } from '../../src/sandbox/index.js'
import type { Lifecycle } from '../../src/shared/lifecycle.js'
import { RawClient } from '../../test/support/echo-service.js'
import { startEtcd } from '../../test/support/etcd.js'
import { FreeCaller } from '../../test/support/free-caller.js'
import { PrepaidPayer, prepaidHeaders } from '../../test/support/prepaid-payer.js'
import { ALL } from '../measure/cores.js'
import { openChannels } from '../measure/open-channels.js'
import { asFields, type Payments } from '../measure/payers.js'
import { PAID } from '../suite/names.js'
import { type Changes, type DaemonOptions, startDaemon } from './paid.js'
import { type Endpoint, startProgram } from './passers.js'

/** Somebody who is paid for calls, or does without. */
export interface PaidTarget extends Endpoint {
  /** Header fields of a payment; of one that the daemon has not seen where it is an escrow payment. */
  readonly payments: (escrow: Payments) => Payments
  /** How many calls may be in flight; any number by default. */
  readonly most?: number
}

/** Clients who pay ahead, and those who do not pay, have a channel or a name for each of these places. */
const PLACES = 10
const PAID_AHEAD = 10n ** 8n

interface Place {
  readonly life: Lifecycle
  readonly network: Network
  readonly service: Endpoint
}

/** All daemons, each with a store of its own, beside the gate without payments. */
export async function startPaidTargets(place: Place): Promise<PaidTarget[]> {
  const { life, service } = place
  const freeUsers = Array.from({ length: PLACES }, () => randomBytes(32))
  const asEscrow = async (name: string, options: DaemonOptions): Promise<PaidTarget> => ({
    ...(await startDaemon(place, name, options)),
    payments: (escrow) => escrow,
  })
  const unpaid = await startProgram(life, PAID.unpaid, {
    ...{ program: 'unpaid-gate', service, env: { DATA_PLANE: 'frames' } },
  })
  const embedded = await asEscrow(PAID.embedded, { changes: freeFor(freeUsers) })
  const etcd = await life.own('etcd', startEtcd())
  const workers = { changes: { recovery_workers: 1 }, core: ALL }
  return [
    { ...unpaid, payments: (escrow) => escrow },
    await asEscrow(PAID.memory, { changes: { payment_channel_storage_type: 'memory' } }),
    embedded,
    await asEscrow(PAID.etcd, { changes: inEtcd(etcd.endpoint) }),
    await asEscrow(PAID.node, { changes: { data_plane: 'node' } }),
    await asEscrow(PAID.worker, workers),
    { ...embedded, name: PAID.prepaid, payments: await payAhead(place, embedded) },
    { ...embedded, name: PAID.free, payments: await askFreeCalls(place, embedded, freeUsers), most: PLACES },
  ]
}

const inEtcd = (endpoint: string): Changes => ({
  payment_channel_storage_type: 'etcd',
  payment_channel_storage_client: { endpoints: [endpoint], connection_timeout: '30s', request_timeout: '30s' },
})

const freeFor = (keys: readonly Uint8Array[]): Changes => ({
  free_calls_per_address: Object.fromEntries(keys.map((key) => [addressOfKey(key), 'unlimited'])),
  min_balance_for_free_call: '0',
})

const clientOf = ({ endpoint }: Endpoint): RawClient => {
  const [host = '', port = ''] = endpoint.split(':')
  return new RawClient({ host, port: Number(port) })
}

async function payAhead({ network }: Place, daemon: Endpoint): Promise<() => Payments> {
  using client = clientOf(daemon)
  const fields: (readonly string[])[] = []
  for (const channel of await openChannels(network, PLACES)) {
    const payer = new PrepaidPayer(network, channel)
    await payer.ask(client, PAID_AHEAD)
    fields.push(asFields(prepaidHeaders(channel, payer.token)))
  }
  return () => (place) => fields[place % PLACES] ?? []
}

async function askFreeCalls({ network }: Place, daemon: Endpoint, keys: readonly Uint8Array[]) {
  using client = clientOf(daemon)
  const fields: (readonly string[])[] = []
  for (const key of keys) fields.push(asFields(await new FreeCaller(network, key).headers(client)))
  return (): Payments => (place) => fields[place] ?? []
}
