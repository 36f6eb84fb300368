/**
 * Attacks what the plan names, in a process of its own so that its load is not taken for the daemon's: a mix of all
 * kinds that the seed decides, bounded in number and time. Each attack is told before it is made, so that the last
 * words are of those that were under way; the plan's file is the one argument.
 */
import { readFileSync } from 'node:fs'
import { takeTime } from '../take-time.js'
import { Dice } from './dice.js'
import { KINDS } from './kinds/index.js'
import { type AttackPlan, type AttackReport, REPORT } from './plan.js'
import { Scene } from './scene.js'

/** Longer than any attack stays; what is under way at the end of its time is cut off. */
const GRACE_MS = 3_000

const plan = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as AttackPlan
const scene = new Scene(plan)
const kinds = KINDS.filter(({ name }) => plan.kinds?.includes(name) ?? true).flatMap((kind) =>
  Array.from({ length: kind.often ?? 1 }, () => kind),
)
const made: Record<string, number> = {}
const began = performance.now()
const elapsed = (): number => (performance.now() - began) / 1000
const isOver = (): boolean => scene.signal.aborted || elapsed() >= plan.seconds

process.on('uncaughtException', (fault) => scene.find(`the attacker itself failed: ${fault.stack ?? fault.message}`))
process.stdout.write(`attacking with seed ${plan.seed}\n`)
setTimeout(() => scene.end(), plan.seconds * 1000 + GRACE_MS).unref()
await Promise.all(Array.from({ length: plan.lanes }, (_none, lane) => attack(lane)))
const report: AttackReport = { made, books: scene.books.toReport(), found: scene.found }
process.stdout.write(`${REPORT}${JSON.stringify(report)}\n`, () => process.exit())

/** One attack after the other; each has numbers of its own, whatever the clock does to the others. */
async function attack(lane: number): Promise<void> {
  const paceMs = (1000 * plan.lanes) / plan.perSecond
  for (let n = 0; !isOver(); n++) {
    const next = takeTime(paceMs)
    const dice = new Dice(`${plan.seed}/${lane}/${n}`)
    const kind = dice.pick(kinds)
    const act = kind.plan(dice, scene)
    process.stdout.write(`${new Date().toISOString()} ${lane}/${n} ${kind.name}: ${act.words}\n`)
    await act.run().catch((fault: unknown) => scene.find(`${kind.name} failed: ${String(fault)}`))
    made[kind.name] = (made[kind.name] ?? 0) + 1
    await next
  }
}
