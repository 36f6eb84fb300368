/** What a daemon holds of a store in etcd with many channels: it keeps none of them, and reads lists page by page. */
import { Etcd3 } from 'etcd3'
import { renderTable } from '../src/client/index.js'
import { encodeChannel } from '../src/daemon/storage/etcd/channel-values.js'
import { openStorage } from '../src/daemon/storage/index.js'
import { toAddress } from '../src/ethereum/index.js'
import { channelId, cogs } from '../src/shared/units.js'
import { aRecord } from '../test/support/channel-builders.js'
import { startEtcd } from '../test/support/etcd.js'
import { quietLog } from '../test/support/quiet-log.js'
import { tempDir } from '../test/support/temp-dir.js'

const [CHANNELS = 100_000, PAYMENTS = 20_000] = process.argv.slice(2).map(Number)
const AT_ONCE = 100
const identity = { network: 'local', organization: 'org', group: 'q6s=', mpe: '0xee' }
const base = aRecord({ value: cogs(10n ** 12n), signature: new Uint8Array(65).fill(27) })

await using etcd = await startEtcd()
await fill()
await using place = await tempDir()
const rows: string[][] = []
tell('before the store is opened')
await using storage = await openStorage(
  {
    type: 'etcd',
    etcd: {
      ...{ endpoints: [etcd.endpoint], tls: {}, auth: undefined, leaseSeconds: 10, toAddress },
      ...{ connectionTimeoutMs: 20_000, requestTimeoutMs: 20_000 },
    },
    dataDir: { path: place.path },
    identity,
  },
  { log: quietLog() },
)
tell('opened')
let listed = 0
for await (const _record of storage.channels.list()) listed++
tell(`${listed} channels listed`)
const held = await storage.channels.heldNow()
tell(`${held.length} of them held, as their locks say`)
for (let from = 0; from < PAYMENTS; from += AT_ONCE)
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => pay((from + i) % CHANNELS)))
tell(`${PAYMENTS} payments, each on a channel of its own`)
process.stdout.write(`${renderTable(['after', 'in use, MB', 'resident, MB', 'at most so far, MB'], rows)}\n`)

function tell(what: string): void {
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  const most = process.resourceUsage().maxRSS * 1024
  rows.push([what, ...[heapUsed + external, rss, most].map((bytes) => Math.round(bytes / 1e6).toString())])
}

async function pay(channel: number): Promise<void> {
  await using hold = await storage.channels.hold(channelId(BigInt(channel)))
  await hold.commit({ channel: { ...base, id: channelId(BigInt(channel)), authorized: cogs(2n) } })
}

/** As daemons leave them: a record and a free lock for each channel. */
async function fill(): Promise<void> {
  const client = new Etcd3({ hosts: etcd.endpoint })
  const prefix = `local/org/q6s=/0xee//payment-channel/`
  const put = (key: string, value: Buffer) => ({ request_put: { key: Buffer.from(prefix + key), value } })
  for (let from = 0; from < CHANNELS; from += AT_ONCE / 2) {
    const ids = Array.from({ length: Math.min(AT_ONCE / 2, CHANNELS - from) }, (_, i) => channelId(BigInt(from + i)))
    const success = ids.flatMap((id) => [
      put(`storage/{ID: ${id}}`, encodeChannel({ ...base, id, authorized: cogs(1n) })),
      put(`lock/{ID: ${id}}`, Buffer.from('unlocked')),
    ])
    await client.kv.txn({ success })
  }
  client.close()
}
