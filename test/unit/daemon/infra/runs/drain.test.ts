import { expect, test } from 'vitest'
import { drain } from '../../../../../src/daemon/infra/runs/drain.js'
import type { Clock } from '../../../../../src/shared/clock.js'
import { aPlan, aTest } from '../../../../support/infra-builders.js'

const SECOND = 1_000_000

/** Time that passes while somebody sleeps, with what is read meanwhile, by second. */
function aWorld(news: Readonly<Record<number, string | undefined>>, startedAt = 0) {
  let now = startedAt
  const listeners = new Set<(run: string | undefined) => void>()
  const clock: Clock = {
    nowUs: () => now,
    steadyUs: () => now,
    async sleep(ms) {
      const end = now + ms * 1_000
      for (const [second, run] of Object.entries(news)) {
        const at = Number(second) * SECOND
        if (at <= now || at > end) continue
        now = at
        for (const listener of listeners) listener(run)
      }
      now = end
    },
  }
  const onNews = (listener: (run: string | undefined) => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return { clock, groups: { onNews }, seconds: () => now / SECOND, listeners }
}

const draining = (plan: Parameters<typeof aPlan>[0], since = 0) =>
  aTest({ run: 'r', state: 'draining', drainingSince: since, plan: aPlan(plan) })

test.each<[string, Parameters<typeof aPlan>[0], Record<number, string | undefined>, number]>([
  ['silence ends it', { drainMs: 30_000 }, {}, 30],
  ['what is read of its run makes it wait on', { drainMs: 30_000 }, { 20: 'r', 45: 'r' }, 75],
  ['so does a message too short to say', { drainMs: 30_000 }, { 29: undefined }, 59],
  ['other runs do not', { drainMs: 30_000 }, { 20: 'another', 29: 'another' }, 30],
  ['nobody keeps it open beyond its longest time', { drainMs: 30_000, drainMaxMs: 50_000 }, { 20: 'r', 40: 'r' }, 50],
  ['five minutes where the plan says no longest time', { drainMs: 200_000 }, { 190: 'r' }, 300],
  ['none is none', { drainMs: 0 }, { 1: 'r' }, 0],
])('%s', async (_name, plan, news, end) => {
  const { clock, groups, seconds, listeners } = aWorld(news)
  await drain(draining(plan), { clock, groups }, new AbortController().signal)
  expect([seconds(), listeners.size]).toEqual([end, 0])
})

test('after a restart the longest time still counts from the last send', async () => {
  const { clock, groups, seconds } = aWorld({ 120: 'r' }, 100 * SECOND)
  await drain(draining({ drainMs: 60_000, drainMaxMs: 130_000 }), { clock, groups }, new AbortController().signal)
  expect(seconds()).toBe(130)
})

test('a stop ends it', async () => {
  const { clock, groups, seconds } = aWorld({})
  await drain(draining({ drainMs: 30_000 }), { clock, groups }, AbortSignal.abort())
  expect(seconds()).toBe(0)
})
