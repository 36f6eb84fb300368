/**
 * What a control daemon needs under load: five of them beside fake Bertys, all in the same groups, every group with a
 * steady rate of messages that all daemons together send, acknowledgements off. CPU and memory of each daemon are
 * sampled while it runs; afterwards the merged ledgers are held against what the fake network knows.
 *
 *   npm run bench -- infra [SECONDS [GROUPS [RATE]]]
 */
import { readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import { fetchReport, startRun } from '../src/client/fleet/index.js'
import { renderTable } from '../src/client/index.js'
import { makeGroup, openInfraSandbox } from '../src/sandbox/infra.js'
import { cpuSeconds } from './measure/cpu.js'

const [SECONDS = 60, GROUPS = 20, RATE = 10] = process.argv.slice(2).map(Number)
const PEERS = 5
const SAMPLES = 10
const TEST = 'load'
const groups = Array.from({ length: GROUPS }, (_, at) => `group${at}`)

await using sandbox = await openInfraSandbox({
  peers: PEERS,
  seed: 'bench',
  network: { keepMessages: 2_000, keepTruth: 0 },
})
const { fleet, hosts, net } = sandbox
net.acks({ enabled: false })
for (const group of groups) await makeGroup(fleet, group)

const rate = RATE / PEERS
const plan = {
  type: 'TEXT' as const,
  ...{ size: '300', interval_us: '1000', amount: String(Math.round(rate * SECONDS)) },
  ...{ rate, seed: 'bench', drain_us: '10000000' },
}
const run = `bench-${Date.now()}`
for (const group of groups) {
  await Promise.all(fleet.peers.map((peer) => peer.call('NewTest', { group, test: TEST, plan })))
  for (const one of await startRun(fleet, { group, test: TEST, run, waitReady: '60s' })) if (!one.ok) throw one.error
}

const pids = hosts.map(({ daemon }) => daemon.process.pid as number)
const cpuBefore = pids.map(cpuSeconds)
const began = performance.now()
const rows: string[][] = []
while (await isRunning()) {
  await after((SECONDS * 1000) / SAMPLES)
  const seconds = (performance.now() - began) / 1000
  rows.push([
    seconds.toFixed(0),
    String(net.truth().counts.deliveredUser),
    ...pids.map((pid) => `${memoryMib(pid)} MiB`),
  ])
  process.stderr.write(`${rows.at(-1)?.join('  ')}\n`)
}
const wall = (performance.now() - began) / 1000
const cpu = pids.map((pid, at) => (100 * (cpuSeconds(pid) - (cpuBefore[at] as number))) / wall)

const report = await fetchReport(fleet, run, new AbortController().signal)
const sum = (key: 'sent' | 'expected' | 'delivered' | 'lost' | 'duplicated' | 'send_errors' | 'sent_unknown'): number =>
  report.tests.reduce((total, test) => total + test[key], 0)
const { counts } = net.truth()
tell(`${PEERS} daemons, ${GROUPS} groups, ${RATE} messages by second and group, ${SECONDS} s, acknowledgements off\n`)
tell(renderTable(['seconds', 'delivered', ...hosts.map(({ name }) => `memory ${name}`)], rows))
tell(`\nCPU of each daemon: ${cpu.map((share) => `${share.toFixed(1)} %`).join(', ')} of one core`)
tell(
  renderTable(
    ['', 'sent', 'errors', 'unknown', 'expected', 'delivered', 'lost', 'twice'],
    [
      [
        'ledgers, merged',
        ...(['sent', 'send_errors', 'sent_unknown', 'expected', 'delivered', 'lost', 'duplicated'] as const).map(
          (key) => String(sum(key)),
        ),
      ],
      [
        'truth',
        ...[counts.sentUser, '', '', counts.sentUser * (PEERS - 1) - counts.unkeyed].map(String),
        ...[counts.deliveredUser, counts.lost, counts.duplicates].map(String),
      ],
    ],
  ),
)
// What Berty did not answer for may have gone out or not: then the truth lies between two numbers.
const [sent, unknown] = [sum('sent'), sum('sent_unknown')]
const isExact =
  sum('lost') === counts.lost &&
  (unknown === 0
    ? sent === counts.sentUser && sum('delivered') === counts.deliveredUser
    : sent <= counts.sentUser && counts.sentUser <= sent + unknown && sum('delivered') === sum('expected'))
tell(isExact ? 'The ledgers are exact.' : 'The ledgers differ from the truth.')
tell(`verdict: ${report.verdict} ${report.reasons.join('; ')}`)
process.exitCode = isExact ? 0 : 1

async function isRunning(): Promise<boolean> {
  const lists = await Promise.all(fleet.peers.map((peer) => peer.call('ListTests', {})))
  return lists.some(({ tests = [] }) => tests.some(({ state }) => state !== 'DONE'))
}

function tell(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Of the process alone: what LMDB maps of its file belongs to the page cache, and grows with the ledger. */
function memoryMib(pid: number): number {
  const [, kib = '0'] = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kib) / 1024)
}
