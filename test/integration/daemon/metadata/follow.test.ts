import { Contract } from 'ethers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createProtoArchive } from '../../../../src/content/index.js'
import { type Chain, openChain, openSigners } from '../../../../src/daemon/chain/index.js'
import { followMetadata, type MetadataFollower, openMetadata } from '../../../../src/daemon/metadata/index.js'
import { type PaymentsDeps, reserveEscrow } from '../../../../src/daemon/payments/index.js'
import { createMemoryRecords } from '../../../../src/daemon/storage/memory/memory-records.js'
import { OwnedChannels } from '../../../../src/daemon/storage/owned-channels.js'
import { registryId, toAddress } from '../../../../src/ethereum/index.js'
import { registryInterface } from '../../../../src/ethereum/interfaces/index.js'
import { register } from '../../../../src/sandbox/contracts.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { partOf } from '../../../../src/shared/live.js'
import { groupIdBytes } from '../../../../src/shared/units.js'
import { type EscrowChain, startEscrowChain } from '../../../support/escrow-chain.js'
import { type IpfsServer, startIpfsServer } from '../../../support/ipfs-server.js'
import { prepaidDeps } from '../../../support/prepaid-deps.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

const PROTO = `syntax = "proto3"; package calc; message N { double n = 1; } service Calc { rpc add(N) returns (N); }`
const METHOD = '/calc.Calc/add'

/** What a provider publishes; a case changes what matters to it. */
interface Published {
  readonly price?: unknown
  readonly payment?: Record<string, unknown>
  readonly endpoints?: readonly string[]
  readonly service?: Record<string, unknown>
  readonly group?: Record<string, unknown>
}

let life: Lifecycle
let anvil: EscrowChain
let ipfs: IpfsServer

beforeAll(async () => {
  life = new Lifecycle()
  anvil = await life.own('anvil', startEscrowChain())
  ipfs = await life.own('ipfs', startIpfsServer())
}, 120_000)

afterAll(async () => await life[Symbol.asyncDispose]())

let cases = 0
let names: { organization: string; service: string }
beforeEach(async () => {
  names = { organization: `org-${++cases}`, service: 'svc' }
  await register(anvil.provider, anvil.contracts.registry, names, await publish())
})

async function publish(published: Published = {}, server = ipfs): Promise<{ organization: string; service: string }> {
  const organization = {
    org_name: 'Example',
    groups: [
      {
        group_name: 'default_group',
        group_id: Buffer.from(groupIdBytes(anvil.groupId)).toString('base64'),
        payment: {
          payment_address: anvil.provider.address,
          payment_expiration_threshold: 100,
          payment_channel_storage_client: { endpoints: published.endpoints ?? ['http://127.0.0.1:2379'] },
          ...published.payment,
        },
        ...published.group,
      },
    ],
  }
  const pricing = [{ price_model: 'fixed_price', price_in_cogs: published.price ?? 3, default: true }]
  const service = {
    encoding: 'proto',
    service_type: 'grpc',
    mpe_address: anvil.contracts.mpe,
    groups: [{ group_name: 'default_group', pricing }],
    ...published.service,
  }
  const add = async (document: object): Promise<string> =>
    `ipfs://${await server.add(Buffer.from(JSON.stringify(document)))}`
  return { organization: await add(organization), service: await add(service) }
}

/** Registers other documents, as a provider does it. */
async function change(uris: Partial<{ organization: string; service: string }>): Promise<void> {
  const contract = new Contract(anvil.contracts.registry, registryInterface, anvil.provider)
  const [organization, service] = [registryId(names.organization), registryId(names.service)]
  const send = async (method: string, ...args: unknown[]): Promise<void> => {
    await (await contract.getFunction(method)(...args)).wait()
  }
  if (uris.organization !== undefined)
    await send('changeOrganizationMetadataURI', organization, Buffer.from(uris.organization))
  if (uris.service !== undefined)
    await send('updateServiceRegistration', organization, service, Buffer.from(uris.service))
}

interface Followed extends AsyncDisposable {
  readonly deps: PaymentsDeps
  readonly follower: MetadataFollower
  readonly log: string[]
  readonly endpoints: readonly string[]
  price(): bigint | undefined
}

/** A daemon's view of the chain and of what is registered. */
async function follow(useEndpoints?: (endpoints: readonly string[]) => Promise<void>): Promise<Followed> {
  const rooms = new Lifecycle()
  const lines: string[] = []
  const log = quietLog(lines)
  const config = {
    ...{ network: 'local', chainId: 42, rpcUrl: anvil.rpc, registry: anvil.contracts.registry },
    ...{ pollIntervalMs: 50, staleLimitMs: 60_000, timeoutMs: 5_000 },
  }
  const chain: Chain = await rooms.own('chain', openChain(config, { log }))
  const of = {
    ...{ ...names, group: 'default_group' },
    sources: { ipfs: ipfs.url, lighthouse: `${ipfs.url}/ipfs/`, timeoutMs: 10_000, redirects: false },
  }
  const deps = { log, registry: chain.registry, toAddress }
  const metadata = await openMetadata(of, deps)
  const follower = await rooms.own('metadata', followMetadata(of, metadata, { ...deps, useEndpoints }))
  chain.watchRegistry(names.organization, () => follower.look())
  return {
    deps: {
      channels: new OwnedChannels(createMemoryRecords()),
      escrow: chain.watchEscrow(anvil.contracts.mpe),
      blocks: chain.blocks,
      signers: openSigners({ log }),
      prices: partOf(metadata, ({ prices }) => prices),
      terms: partOf(metadata, ({ terms }) => terms),
      ...prepaidDeps(),
    },
    follower,
    log: lines,
    get endpoints() {
      return metadata.current.storage.endpoints
    },
    price: () => metadata.current.prices.priceOf(METHOD),
    [Symbol.asyncDispose]: () => rooms[Symbol.asyncDispose](),
  }
}

const untilUsed = async (daemon: Followed, wanted: bigint): Promise<void> =>
  await until(`the price is ${wanted}`, () => daemon.price() === wanted && daemon.follower.unused === undefined)

test('a call in flight ends at the price at which it began, and the next one has the new price', async () => {
  await using daemon = await follow()
  const channel = await anvil.open()
  const call = { method: METHOD, cancelled: new Cancellation() }
  const first = await reserveEscrow(daemon.deps, anvil.sign(channel, { amount: 3n }), call)
  await change(await publish({ price: 5 }))
  await untilUsed(daemon, 5n)
  await first.commit()
  await first[Symbol.asyncDispose]()
  await expect(reserveEscrow(daemon.deps, anvil.sign(channel, { amount: 6n }), call)).rejects.toThrow(
    'income 3 does not equal to price 5',
  )
  await using next = await reserveEscrow(daemon.deps, anvil.sign(channel, { amount: 8n }), call)
  await next.commit()
  expect((await daemon.deps.channels.read(channel))?.authorized).toBe(8n)
})

test.each([
  ['no JSON', async () => ({ service: `ipfs://${await ipfs.add(Buffer.from('<html>'))}` })],
  ['no price', async () => ({ service: (await publish({ price: 'much' })).service })],
  ['no such group', async () => ({ organization: (await publish({ group: { group_name: 'other' } })).organization })],
])('bad metadata (%s) keeps the old, says why, and better one is used', async (_, bad) => {
  await using daemon = await follow()
  await change(await bad())
  await until('it is told', () => daemon.follower.unused?.includes('cannot be used') === true)
  expect(daemon.price()).toBe(3n)
  await change(await publish({ price: 4 }))
  await untilUsed(daemon, 4n)
})

test('a daemon that knows its methods does not forget them for proto files that cannot be read', async () => {
  const withProtos = async (archive: Uint8Array, price: number): Promise<{ organization: string; service: string }> =>
    await publish({ price, service: { service_api_source: `ipfs://${await ipfs.add(archive)}` } })
  await change(await withProtos(await createProtoArchive({ 'calc.proto': PROTO }), 3))
  await using daemon = await follow()
  await change(await withProtos(Buffer.from('none'), 4))
  await until('it is told', () => daemon.follower.unused?.includes('cannot be used') === true)
  expect(daemon.price()).toBe(3n)
})

test('documents that come later than their registration are used when they are there', async () => {
  await using daemon = await follow()
  await using elsewhere = await startIpfsServer()
  await change({ service: (await publish({ price: 6 }, elsewhere)).service })
  await until('it is told', () => daemon.follower.unused?.includes('cannot be used yet') === true)
  expect(daemon.price()).toBe(3n)
  await publish({ price: 6 })
  await untilUsed(daemon, 6n)
  expect(daemon.log.filter((line) => line.includes('cannot be used yet'))).toHaveLength(1)
})

test.each([
  ['payment_address', () => ({ payment: { payment_address: anvil.client.address } })],
  ['group_id', () => ({ group: { group_id: Buffer.alloc(32, 9).toString('base64') } })],
  ['mpe_address', () => ({ service: { mpe_address: anvil.contracts.token } })],
  ['service_type', () => ({ service: { service_type: 'process' } })],
])('another %s waits for a restart, which is told once; all of the old is kept', async (name, changed) => {
  await using daemon = await follow()
  await change(await publish({ ...changed(), price: 9 }))
  await until('it is told', () => daemon.follower.unused?.includes(`needs a restart: ${name}`) === true)
  expect(daemon.price()).toBe(3n)
  // What is signed for the old is sold, and kept.
  const channel = await anvil.open()
  const call = { method: METHOD, cancelled: new Cancellation() }
  await using sold = await reserveEscrow(daemon.deps, anvil.sign(channel, { amount: 3n }), call)
  await sold.commit()
  expect((await daemon.deps.channels.read(channel))?.authorized).toBe(3n)
  daemon.follower.look()
  await change(await publish({ price: 4 }))
  await untilUsed(daemon, 4n)
  expect(daemon.log.filter((line) => line.includes('needs a restart'))).toHaveLength(1)
})

test('other addresses of etcd are used where they lead to the same one; the rest of the change is used anyhow', async () => {
  const asked: (readonly string[])[] = []
  const etcd: { refusal?: SnetError } = {}
  await using daemon = await follow(async (endpoints) => {
    asked.push(endpoints)
    if (etcd.refusal) throw etcd.refusal
  })
  await change(await publish({ endpoints: ['http://127.0.0.1:2379', 'http://127.0.0.1:2380'] }))
  await until('they are used', () => daemon.endpoints.length === 2)
  expect(asked).toEqual([['http://127.0.0.1:2379', 'http://127.0.0.1:2380']])
  etcd.refusal = new SnetError('invalid-config', 'they lead to another etcd')
  await change(await publish({ endpoints: ['http://127.0.0.1:9'], price: 7 }))
  await until('the price is used', () => daemon.price() === 7n)
  expect(daemon.follower.unused).toMatch(/^they lead to another etcd/)
  expect(daemon.endpoints).toHaveLength(2)
})

test('a change that came between the reading of the start and the watch is used too', async () => {
  const rooms = new Lifecycle()
  await using _closing = rooms
  const uris = [await publish(), await publish({ price: 5 })]
  let at = 0
  const registry = {
    organizationUri: async () => uris[at]?.organization,
    serviceUri: async () => uris[at]?.service,
  }
  const of = {
    ...{ ...names, group: 'default_group' },
    sources: { ipfs: ipfs.url, lighthouse: `${ipfs.url}/ipfs/`, timeoutMs: 10_000, redirects: false },
  }
  const deps = { log: quietLog(), registry, toAddress }
  const metadata = await openMetadata(of, deps)
  at = 1
  await rooms.own('metadata', followMetadata(of, metadata, deps))
  await until('it is used', () => metadata.current.prices.priceOf(METHOD) === 5n)
})
