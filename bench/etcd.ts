/**
 * Payments a second that a daemon keeps in etcd, beside the sequence of separate requests that the reference makes, both
 * through one client library against one real etcd in one run. Compare the ratios: machines differ and drift.
 */
import { loadavg } from 'node:os'
import { Etcd3 } from 'etcd3'
import { renderTable } from '../src/client/index.js'
import type { ChannelRecord } from '../src/daemon/payments/ports.js'
import { openStorage } from '../src/daemon/storage/index.js'
import { toAddress } from '../src/ethereum/index.js'
import { channelId, cogs } from '../src/shared/units.js'
import { aRecord } from '../test/support/channel-builders.js'
import { startEtcd } from '../test/support/etcd.js'
import { quietLog } from '../test/support/quiet-log.js'
import { tempDir } from '../test/support/temp-dir.js'
import { cpuSeconds } from './measure/cpu.js'
import { median } from './suite/statistics.js'

const [SECONDS = 3, ROUNDS = 3, ...LEVELS] = process.argv.slice(2).map(Number)
const IN_FLIGHT = LEVELS.length > 0 ? LEVELS : [1, 10, 100, 1_000]
const SIGNATURE = new Uint8Array(65).fill(27)

/** One payment on the channel with this number, from the moment it is admitted until it is kept. */
type Pay = (channel: number, times: number) => Promise<void>

await using etcd = await startEtcd()
await using place = await tempDir()
await using storage = await openStorage(
  {
    type: 'etcd',
    etcd: {
      ...{ endpoints: [etcd.endpoint], tls: {}, auth: undefined, leaseSeconds: 10, toAddress },
      ...{ connectionTimeoutMs: 5_000, requestTimeoutMs: 5_000 },
    },
    dataDir: { path: place.path },
    identity: { network: 'local', organization: 'org', group: 'q6s=', mpe: '0xee' },
  },
  { log: quietLog() },
)
using client = closing(new Etcd3({ hosts: etcd.endpoint }))

const value = Buffer.alloc(480, 1)
/** As the chain has the channels. */
const records: ChannelRecord[] = []
const ways: readonly { name: string; pay: Pay }[] = [
  { name: 'ours', pay: payOurs },
  { name: 'reference, 7 requests', pay: (channel) => payInRequests(channel, true) },
  { name: 'reference, 5 requests', pay: (channel) => payInRequests(channel, false) },
]

for (const inFlight of IN_FLIGHT) {
  const results = ways.map((way) => ({
    ...way,
    rates: [] as number[],
    own: [] as number[],
    etcd: [] as number[],
    trips: [] as number[],
  }))
  for (let round = -1; round < ROUNDS; round++) {
    for (const result of results) {
      const seen = await measure(result.pay, inFlight)
      // The first round warms up.
      if (round < 0) continue
      result.rates.push(seen.perSecond)
      result.own.push(seen.ownMicros)
      result.etcd.push(seen.etcdMicros)
      result.trips.push(seen.requests)
    }
  }
  const ours = median(results[0]?.rates ?? [])
  const rows = results.map(({ name, rates, own, etcd: server, trips }) => [
    name,
    Math.round(median(rates)).toString(),
    (ours / median(rates)).toFixed(1),
    Math.round(median(own)).toString(),
    Math.round(median(server)).toString(),
    median(trips).toFixed(2),
  ])
  const head = ['way', 'payments/s', 'ours is … times', 'CPU µs, client', 'CPU µs, etcd', 'requests per payment']
  process.stdout.write(
    `\n${inFlight} in flight (${ROUNDS} rounds of ${SECONDS} s, medians; load ${loadavg()[0]?.toFixed(1)})\n`,
  )
  process.stdout.write(`${renderTable(head, rows)}\n`)
}

async function measure(pay: Pay, inFlight: number) {
  const [cpu, server, requests] = [process.cpuUsage(), cpuSeconds(etcd.pid), await requestsSoFar()]
  const start = performance.now()
  const end = start + SECONDS * 1_000
  let payments = 0
  await Promise.all(
    Array.from({ length: inFlight }, async (_, channel) => {
      for (let times = 1; performance.now() < end; times++) {
        await pay(channel, times)
        payments++
      }
    }),
  )
  const seconds = (performance.now() - start) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  return {
    perSecond: payments / seconds,
    ownMicros: (user + system) / payments,
    etcdMicros: ((cpuSeconds(etcd.pid) - server) * 1e6) / payments,
    requests: ((await requestsSoFar()) - requests) / payments,
  }
}

async function payOurs(channel: number): Promise<void> {
  const record = (records[channel] ??= aRecord({ id: channelId(BigInt(channel)), value: cogs(10n ** 12n) }))
  await using hold = await storage.channels.hold(record.id)
  const authorized = cogs((hold.record?.authorized ?? 0n) + 1n)
  await hold.commit({ channel: { ...record, authorized, signature: SIGNATURE } })
}

/**
 * Lock, get, put and unlock, each in requests of its own: the fewest that this takes, or `withReads` as the reference does
 * it, which reads what it swaps again before each swap.
 */
async function payInRequests(channel: number, withReads: boolean): Promise<void> {
  const [lock, record] = [`lock/{ID: ${channel}}`, `storage/{ID: ${channel}}`]
  const before = await revisionOf(lock)
  const locked = await swap(lock, withReads ? await revisionOf(lock) : before, 'locked')
  await get(record)
  await client.etcd.kv.put({ key: Buffer.from(record), value })
  await swap(lock, withReads ? await revisionOf(lock) : locked, 'unlocked')
}

async function revisionOf(key: string): Promise<string> {
  return (await get(key)).kvs[0]?.mod_revision ?? '0'
}

function get(key: string) {
  return client.etcd.kv.range({ key: Buffer.from(key) })
}

/** Returns the new revision. */
async function swap(key: string, revision: string, text: string): Promise<string> {
  const { succeeded, header } = await client.etcd.kv.txn({
    compare: [{ key: Buffer.from(key), target: 'Mod', result: 'Equal', mod_revision: revision }],
    success: [{ request_put: { key: Buffer.from(key), value: Buffer.from(text) } }],
  })
  if (!succeeded) throw new Error(`${key} changed meanwhile`)
  return header.revision
}

/** Questions about keys that etcd has been asked. */
async function requestsSoFar(): Promise<number> {
  const metrics = await (await fetch(`${etcd.endpoint}/metrics`)).text()
  const counts = metrics.matchAll(/^grpc_server_started_total\{.*grpc_service="etcdserverpb\.KV".*\} (\S+)$/gm)
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0)
}

function closing(opened: Etcd3): { readonly etcd: Etcd3 } & Disposable {
  return { etcd: opened, [Symbol.dispose]: () => opened.close() }
}
