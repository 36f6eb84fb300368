import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGobWriter } from '../../src/shared/gob/index.js'
import { packageRoot } from '../../src/shared/package.js'
import { bigEndian, channelId } from '../../src/shared/units.js'
import { HEADER } from '../../src/shared/wire/index.js'
import { type Child, startChild } from '../../src/sandbox/child.js'
import { readBalances } from '../../src/wallet/index.js'
import { type CliResult, runCli } from '../support/cli.js'
import { startCutProxy } from '../support/cut-proxy.js'
import { RawClient } from '../support/echo-service.js'
import { freePorts, startEtcd } from '../support/etcd.js'
import { etcdDump } from '../support/gob-vectors.js'
import { base64, decodeValue, kindOf, OldReplica, referenceTypes } from '../support/old-replica.js'
import { ADD, asMetadata, askState, openStream, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { PrepaidPayer } from '../support/prepaid-payer.js'
import { openReferenceGroup, type ReferenceGroup } from '../support/reference-group.js'
import { until } from '../support/until.js'

const OK = 0
const BUSY = 9
const UNAVAILABLE = 14

/** A host of the group: first with the old daemon, then with ours, then with the old one again. */
interface Host {
  readonly directory: string
  readonly endpoint: string
  old: OldReplica | undefined
  child: Child | undefined
  client: RawClient | undefined
}

let group: ReferenceGroup
let hosts: Host[]
beforeAll(async () => {
  group = await openReferenceGroup()
  const [port] = await freePorts(1)
  const endpoints = [group.network.endpoint, `127.0.0.1:${port}`]
  hosts = await Promise.all(
    endpoints.map(async (endpoint, at) => {
      const directory = join(group.network.directory, `host-${at}`)
      await mkdir(directory)
      await writeFile(join(directory, 'old.config.json'), JSON.stringify(await group.oldConfig(endpoint)))
      return {
        directory,
        endpoint,
        old: new OldReplica(group.etcd, group.channelBase),
        child: undefined,
        client: undefined,
      }
    }),
  )
}, 120_000)
afterAll(async () => {
  for (const host of hosts ?? []) await stopServing(host)
  await group?.[Symbol.asyncDispose]()
})

/** Runs a line of the page, or one like it, as it is typed on that host. */
const type = (host: Host, line: string, key?: string): Promise<CliResult> =>
  runCli([...line.split(' ').slice(1), ...(key === undefined ? [] : ['--key-file', key])], { cwd: host.directory })

async function ask<Answer>(host: Host, line: string, key?: string): Promise<Answer> {
  const { code, stdout, stderr } = await type(host, `${line} --json`, key)
  expect({ line, code, stderr }).toMatchObject({ code: 0 })
  return JSON.parse(stdout) as Answer
}

/** Its line of the page, which names the command that is typed in the place of the old daemon. */
const SERVE = 'snetd serve -c old.config.json'

async function serve(host: Host): Promise<void> {
  const [, ...args] = SERVE.split(' ')
  host.child = await startChild({
    command: 'env',
    args: [`--chdir=${host.directory}`, process.execPath, join(packageRoot, 'bin', 'run.js'), ...args],
    ready: /^ready endpoint=(\S+)/,
    env: { PATH: process.env['PATH'], HOME: host.directory },
  })
  const [name, port] = host.endpoint.split(':') as [string, string]
  host.client = new RawClient({ host: name, port: Number(port) })
}

async function stopServing(host: Host): Promise<void> {
  // Calls in flight may finish: their client goes last.
  await host.child?.[Symbol.asyncDispose]()
  host.client?.[Symbol.dispose]()
  host.client = host.child = undefined
}

interface Paying {
  readonly channel: bigint
  readonly amount: bigint
  readonly price?: bigint
}

/** The status code of one paid call at a host, whatever serves there. */
async function pay({ old, client }: Host, { channel, amount, price = 10n }: Paying): Promise<number> {
  const headers = paymentHeaders(group.network, { channel, amount })
  if (old) return await old.pay({ channel, amount, price, signature: headers[HEADER.channelSignature] as Uint8Array })
  if (!client) return UNAVAILABLE
  return (await client.call(ADD, [TWO_AND_THREE], { metadata: asMetadata(headers) })).code
}

/** A client who pays on a channel of its own at each host in turn, until it is told to stop. */
class Client {
  readonly served = [0, 0]
  readonly refusals = new Set<number>()

  constructor(
    readonly channel: bigint,
    public amount: bigint,
  ) {}

  async payUntil(signal: AbortSignal): Promise<void> {
    for (let turn = 0; !signal.aborted; turn = 1 - turn) {
      const amount = this.amount + 10n
      const code = await pay(hosts[turn] as Host, { channel: this.channel, amount })
      if (code !== OK) this.refusals.add(code)
      else {
        this.amount = amount
        this.served[turn] = (this.served[turn] ?? 0) + 1
      }
    }
  }
}

/** What the reference has left as the newest amount of channels. */
const LEFT = { 2: 28n, 3: 50n, 4: 35n }
let clients: Client[] = Object.entries(LEFT).map(([channel, amount]) => new Client(BigInt(channel), amount))

/** Changes one host after the other while clients pay at both, and judges what those have seen. */
async function swapUnderLoad(swap: (host: Host) => Promise<void>): Promise<void> {
  const over = new AbortController()
  clients = clients.map(({ channel, amount }) => new Client(channel, amount))
  const paying = Promise.all(clients.map((client) => client.payUntil(over.signal)))
  const paidAtBoth = async (): Promise<void> => {
    const before = clients.map(({ served }) => [...served])
    await until('each client has paid at both hosts', () =>
      clients.every(({ served }, i) => served.every((count, at) => count > (before[i]?.[at] ?? 0) + 2)),
    )
  }
  try {
    await paidAtBoth()
    for (const host of hosts) {
      await swap(host)
      await paidAtBoth()
    }
  } finally {
    over.abort()
    await paying
  }
  const refusals = clients.flatMap((client) => [...client.refusals])
  expect(refusals.filter((code) => code !== UNAVAILABLE)).toEqual([])
}

const pageText = (): Promise<string> => readFile(join(packageRoot, 'docs/switching.md'), 'utf8')
const [first, second] = [() => hosts[0] as Host, () => hosts[1] as Host]

test('the backup of the page holds all that the old daemons left', async () => {
  const line = 'snetd storage export before.jsonl -c old.config.json'
  expect(await pageText()).toContain(line)
  expect(await type(first(), line)).toMatchObject({ code: 0 })
  const lines = (await readFile(join(first().directory, 'before.jsonl'), 'utf8')).trim().split('\n')
  const records = lines.map((text) => JSON.parse(text) as Record<string, unknown>)
  const of = (record: string) => records.filter((each) => each['record'] === record)
  const left = (kind: string) =>
    etcdDump().flatMap(({ key, decoded }) => (kindOf(key) === kind && decoded ? [decoded] : []))
  const texts = (values: readonly object[]) => values.map((value) => JSON.stringify(value)).sort()
  expect(texts(of('channel').map(({ id, nonce, authorized }) => [id, nonce, authorized]))).toEqual(
    texts(left('payment-channel/storage').map((each) => [each['ChannelID'], each['Nonce'], each['AuthorizedAmount']])),
  )
  expect(of('claim')).toMatchObject([{ channel: '16', nonce: '0', amount: '7' }])
  expect(texts(of('free-calls').map(({ userId, made }) => [userId, made]))).toEqual(
    texts(left('free-call-user/storage').map((each) => [each['UserID'], String(each['FreeCallsMade'])])),
  )
  const ahead = (id: unknown, part: string): unknown =>
    etcdDump().find(({ key }) => key.endsWith(`//PrePaid/storage/{ID:${String(id)}/${part}}`))?.decoded?.['Amount'] ??
    '0'
  for (const { key, planned, used, refunded } of of('prepaid'))
    expect([planned, used, refunded]).toEqual(['P', 'U', 'R'].map((part) => ahead(key, part)))
  expect(texts(of('model').map(({ id, name, isPublic }) => [id, name, isPublic]))).toEqual(
    texts(left('model-user/modelStorage').map((each) => [each['ModelId'], each['ModelName'], each['IsPublic']])),
  )
})

test(
  'replicas are swapped one by one under load, and clients notice nothing but restarts',
  { timeout: 120_000 },
  async () => {
    expect(await pageText()).toContain(SERVE)
    await swapUnderLoad(async (host) => {
      await host.old?.stop()
      host.old = undefined
      await serve(host)
    })
    for (const { channel, amount } of clients)
      expect((await askState(group.network, first().client as RawClient, channelId(channel))).amount).toBe(amount)
  },
)

test('what the old daemons had begun goes on: claims, free calls, amounts paid ahead, a lock of one that died', async () => {
  const { network, etcd, channelBase } = group
  const listed = await ask<{ claims: { channel: string; amount: string }[] }>(
    first(),
    'snetd claims list -c old.config.json',
  )
  expect(listed.claims).toMatchObject([{ channel: '16', amount: '7' }])
  const key = join(network.directory, 'provider.key')
  await writeFile(key, network.owner.key, { mode: 0o600 })
  await ask(second(), `snetd claim 16 --yes -c old.config.json --endpoint ${second().endpoint}`, key)
  expect((await readBalances(network.provider, network.contracts.mpe, network.owner.address)).deposited).toBe(7n)

  const ahead = new PrepaidPayer(network, channelId(1n))
  expect(await ahead.ask(first().client as RawClient, 45n)).toEqual({ planned: 45n, used: 35n })
  expect((await ahead.call(second().client as RawClient)).code).toBe(OK)
  expect((await ahead.call(first().client as RawClient)).code).not.toBe(OK)

  await new OldReplica(etcd, channelBase).lockForEver(6n)
  expect(await pay(first(), { channel: 6n, amount: 24n })).toBe(BUSY)
  const unlock = 'snetd channel unlock 6 --force -c old.config.json'
  expect(await pageText()).toContain(unlock.replace('6', 'ID'))
  await ask(first(), unlock)
  expect(await pay(second(), { channel: 6n, amount: 24n })).toBe(OK)
}, 60_000)

describe('metadata that is changed on chain while calls are served', () => {
  const status = async (host: Host): Promise<string> =>
    (await type(host, 'snetd status -c old.config.json')).stdout.replaceAll(/\s+/g, ' ')
  const isTold = (host: Host, text: string): boolean => host.child?.lines.some((line) => line.includes(text)) ?? false

  test('price and terms count at once, calls in flight finish, and the etcd is found at its other address', async () => {
    const proxy = await startCutProxy(new URL(group.etcd.endpoint).host)
    const headers = paymentHeaders(group.network, { channel: 8n, amount: 24n })
    const stream = await openStream(first().client as RawClient, headers)
    await group.publish({ priceInCogs: 20, expirationThreshold: 50, etcd: `http://${proxy.endpoint}` })
    for (const [amount, host] of [
      [34n, first()],
      [54n, second()],
    ] as const)
      await until('the new price counts', async () => (await pay(host, { channel: 9n, amount })) === OK)
    expect(await stream.finish()).toBe(OK)
    await until('both ask etcd there', () => proxy.connections >= 2)
    expect(await pay(first(), { channel: 9n, amount: 74n })).toBe(OK)
    await group.publish({})
    for (const [amount, host] of [
      [84n, first()],
      [94n, second()],
    ] as const)
      await until('the old price counts again', async () => (await pay(host, { channel: 9n, amount })) === OK)
    await proxy[Symbol.asyncDispose]()
  }, 60_000)

  test('another etcd is not used, and the way there is told; nor is another payment address before a restart', async () => {
    await using other = await startEtcd()
    await group.publish({ etcd: other.endpoint })
    await until('both say so', () => hosts.every((host) => isTold(host, 'which is another one')))
    expect(isTold(first(), 'snetd storage copy')).toBe(true)
    expect(await status(first())).toMatch(/NOT USED: payments are not kept in the etcd at .*snetd storage copy/)
    expect(await pay(first(), { channel: 9n, amount: 104n })).toBe(OK)
    expect(
      await other.post('/v3/kv/range', { key: base64(group.base), range_end: base64('m'), count_only: true }),
    ).not.toHaveProperty('count')
    await group.publish({ recipient: group.network.client.address })
    await until('both say so', () => hosts.every((host) => isTold(host, 'needs a restart: payment_address')))
    expect(await pay(second(), { channel: 9n, amount: 114n })).toBe(OK)
    await group.publish({})
  }, 60_000)
})

test(
  'back to the old daemons, under load: they go on from what ours wrote, and can read all of it',
  { timeout: 120_000 },
  async () => {
    await swapUnderLoad(async (host) => {
      await stopServing(host)
      host.old = new OldReplica(group.etcd, group.channelBase)
    })
    const { kvs = [] } = (await group.etcd.post('/v3/kv/range', {
      key: base64(group.base),
      range_end: base64('m'),
    })) as {
      kvs?: { key: string; value: string }[]
    }
    const found = kvs.map((kv) => [Buffer.from(kv.key, 'base64').toString(), Buffer.from(kv.value, 'base64')] as const)
    for (const [key, bytes] of found) {
      const kind = kindOf(key)
      if (kind === '') expect(key).toContain('//snetd/')
      else if (kind.endsWith('/lock')) expect(['locked', 'unlocked']).toContain(bytes.toString())
      else {
        const { value } = decodeValue(bytes)
        expect(decodeValue(createGobWriter(referenceTypes.get(kind) as never)(value)).value, key).toEqual(value)
      }
    }
    for (const { channel, amount } of clients) {
      const [, bytes] = found.find(([key]) => key.endsWith(`//payment-channel/storage/{ID: ${channel}}`)) ?? []
      expect(bigEndian((decodeValue(bytes as Buffer).value['AuthorizedAmount'] as Uint8Array).subarray(1))).toBe(amount)
    }
    expect(await type(first(), 'snetd storage check -c old.config.json')).toMatchObject({ code: 0 })
  },
)
