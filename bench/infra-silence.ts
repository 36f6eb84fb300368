/**
 * How long nothing of a run comes on a host while more is still on its way: what the default of `--drain` has to outlast.
 * Control daemons beside fake Bertys with the habits of loaded ones, at real time; each run drains so long that nothing of
 * it is cut off, and the silences are taken from the ledgers.
 *
 *   BERTY_LOAD_SCALE=1 npm run bench -- silence [RUN …]
 */
import { setTimeout as after } from 'node:timers/promises'
import { fetchReport, type FleetPeer, startRun } from '../src/client/fleet/index.js'
import { renderTable } from '../src/client/index.js'
import type { Era } from '../src/sandbox/berty/index.js'
import { GROUP, type InfraSandbox, makeGroup, openInfraSandbox } from '../src/sandbox/infra.js'

interface Course {
  readonly eras: readonly Era[]
  readonly intervalMs: number
  readonly amount: number
  /** Happens while messages are sent. */
  readonly trouble?: (sandbox: InfraSandbox) => Promise<void>
}

const DRAIN_MS = 75_000
const TEST = '0'

const COURSES: Readonly<Record<string, Course>> = {
  guide: { eras: ['E', 'E', 'E', 'E'], intervalMs: 250, amount: 100 },
  longer: { eras: ['E', 'E', 'E', 'E'], intervalMs: 250, amount: 300 },
  older: { eras: ['C', 'C', 'C'], intervalMs: 250, amount: 150 },
  mixed: { eras: ['C', 'E', 'C', 'E'], intervalMs: 500, amount: 100 },
  few: { eras: ['C', 'E'], intervalMs: 2_000, amount: 20 },
  restart: { ...{ eras: ['E', 'E', 'E'], intervalMs: 250, amount: 200 }, trouble: restartOne },
  frozen: { ...{ eras: ['E', 'E', 'E'], intervalMs: 250, amount: 200 }, trouble: freezeOne },
}

const asked = process.argv.slice(2)
const rows: string[][] = []
for (const [name, course] of Object.entries(COURSES))
  if (asked.length === 0 || asked.includes(name)) rows.push(...(await measure(name, course)))
process.stdout.write(
  `${renderTable(['run', 'host', 'first reads', 'silence', 'silence in the drain', 'last read after the last send'], rows)}\n`,
)

async function measure(name: string, { eras, intervalMs, amount, trouble }: Course): Promise<string[][]> {
  await using sandbox = await openInfraSandbox({ peers: eras.length, seed: name, eras })
  const { fleet, net } = sandbox
  await makeGroup(fleet, GROUP)
  const times = { interval_us: String(intervalMs * 1_000), drain_us: String(DRAIN_MS * 1_000) }
  const plan = { type: 'TEXT' as const, size: '300', amount: String(amount), seed: name, ...times }
  await Promise.all(fleet.peers.map((peer) => peer.call('NewTest', { group: GROUP, test: TEST, plan })))
  for (const one of await startRun(fleet, { group: GROUP, test: TEST, run: name, waitReady: '120s' }))
    if (!one.ok) throw one.error
  await trouble?.(sandbox)
  while (await isRunning(sandbox)) await after(1_000)
  const report = await fetchReport(fleet, name, new AbortController().signal)
  const { sent, expected, delivered, late, lost, acknowledged } = report.tests[0] ?? {}
  process.stderr.write(
    `${name}, scale ${net.settings.load.scale}: sent ${sent}, expected ${expected}, delivered ${delivered}, late ${late}, lost ${lost}, acknowledged ${acknowledged}\n`,
  )
  return await Promise.all(
    fleet.peers.map(async (peer, at) => [name, `${peer.name} (${eras[at]})`, ...(await silenceAt(peer, name))]),
  )
}

/** From the ledger of one host. */
async function silenceAt({ client }: FleetPeer, run: string): Promise<string[]> {
  const reads: number[] = []
  let lastSend = 0
  const { signal } = new AbortController()
  for await (const { sent = [], received = [], acks = [] } of client.stream(
    'ReadLedger',
    { run_id: run },
    { signal },
  )) {
    for (const { sent_at } of sent) lastSend = Math.max(lastSend, Number(sent_at))
    for (const { received_at } of received) reads.push(Number(received_at))
    // Without a round trip: found in the list at the end of the drain, with the send that it is for.
    for (const { received_at, round_trip_us } of acks) if (Number(round_trip_us) >= 0) reads.push(Number(received_at))
  }
  reads.sort((one, other) => one - other)
  const inDrain = [lastSend, ...reads.filter((at) => at > lastSend)]
  return [
    String(reads.length),
    ...[longestGap(reads), longestGap(inDrain), (reads.at(-1) ?? 0) - lastSend].map(toSeconds),
  ]
}

function longestGap(times: readonly number[]): number {
  return times.reduce((longest, at, index) => Math.max(longest, at - (times[index - 1] ?? at)), 0)
}

function toSeconds(us: number): string {
  return `${(us / 1_000_000).toFixed(1)} s`
}

async function isRunning({ fleet }: InfraSandbox): Promise<boolean> {
  const lists = await Promise.all(fleet.peers.map((peer) => peer.call('ListTests', {})))
  return lists.some(({ tests = [] }) => tests.some(({ state }) => state !== 'DONE'))
}

async function restartOne({ net }: InfraSandbox): Promise<void> {
  await after(20_000)
  await net.peers[1]?.stop()
  await after(5_000)
  await net.peers[1]?.restart()
}

/** As SIGSTOP does. */
async function freezeOne({ net }: InfraSandbox): Promise<void> {
  await after(20_000)
  net.peers[1]?.hang()
  await after(20_000)
  net.peers[1]?.unhang()
}
