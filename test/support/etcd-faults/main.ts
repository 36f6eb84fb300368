/**
 * The long tests of a group of daemons by command: `npm run test:etcd`, see scripts/test-etcd.mjs. Prints what was done,
 * what was measured and what is wrong with it, dated, for docs/evidence/.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { renderTable } from '../../../src/client/index.js'
import { Dice } from '../attacker/dice.js'
import { runCourse, type Seen } from './course.js'
import { type Fault, faultNamed, FAULTS } from './faults.js'
import { openGroup } from './group.js'
import { openNetHosts } from './net-hosts.js'
import { sellToAll } from './sell-to-all.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now()) },
    faults: { type: 'string' },
    same: { type: 'string' },
    cuts: { type: 'boolean', default: false },
  },
})
const today = new Date().toISOString().slice(0, 10)
const problems = values.same === undefined ? await disturb() : await sellTheSame(Number(values.same))
for (const problem of problems.slice(0, 50)) process.stdout.write(`  ${problem}\n`)
process.stdout.write(problems.length === 0 ? 'holds\n' : `FAILS: ${problems.length} problems\n`)
process.exitCode = problems.length === 0 ? 0 : 1

async function sellTheSame(rounds: number): Promise<readonly string[]> {
  await using group = await openGroup()
  const { seconds, problems } = await sellToAll(group, rounds)
  process.stdout.write(
    `${today}: ${rounds} signed payments, each sent to three daemons at once, in ${seconds.toFixed(0)} s\n`,
  )
  return problems
}

async function disturb(): Promise<readonly string[]> {
  const { seed } = values
  const dice = new Dice(seed)
  const chosen = values.faults?.split(',').map(faultNamed) ?? FAULTS
  const faults = chosen.filter(({ needsCuts = false }) => values.cuts || !needsCuts)
  const end = performance.now() + Number(values.minutes) * 60_000
  using net = values.cuts ? await openNetHosts(3) : undefined
  await using group = await openGroup({ members: 3, channels: 8, ...(net && { hosts: net.hosts }) })
  const onFault = (name: string): void => void process.stderr.write(`${new Date().toISOString()} ${name}\n`)
  const seen = await runCourse(group, { seed, faults: shuffled(faults, dice, end), onFault })
  process.stdout.write(summaryOf(seen))
  return seen.problems
}

/** Every fault once in an order that the seed decides, and again until the time is over. */
function* shuffled(faults: readonly Fault[], dice: Dice, end: number): Generator<Fault> {
  do {
    const left = [...faults]
    while (left.length > 0) yield* left.splice(dice.between(0, left.length - 1), 1)
  } while (performance.now() < end)
}

function summaryOf({ events, ends, recoveries, served }: Seen): string {
  const payments = events.filter((event) => event.kind === 'payment')
  const count = (outcome: string): number => payments.filter((payment) => payment.outcome === outcome).length
  const names = [...new Set(recoveries.map(({ fault }) => fault))]
  const rows = names.map((name) => {
    const times = recoveries.filter(({ fault }) => fault === name).map(({ ms }) => ms)
    return [name, String(times.length), `${(Math.max(...times) / 1_000).toFixed(1)} s`]
  })
  const words = [...ends].sort(([, a], [, b]) => b - a).map(([text, times]) => [String(times), text])
  const how = values.cuts ? 'members cut off in network namespaces' : 'all on one host'
  return [
    `${today}: ${payments.length} payments to 3 daemons on 3 etcds, ${recoveries.length} faults, seed ${values.seed}, ${how}, load ${loadavg()[0]?.toFixed(1)}`,
    `${count('ok')} accepted, ${count('refused')} refused, ${count('unknown')} unknown; the service answered ${served}`,
    renderTable(['fault', 'times', 'every channel sold again within'], rows),
    renderTable(['calls', 'ended with'], words.slice(0, 25)),
    '',
  ].join('\n')
}
