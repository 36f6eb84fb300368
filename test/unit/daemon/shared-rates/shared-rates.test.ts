import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { openSharedRates } from '../../../../src/daemon/shared-rates/index.js'
import type { refill } from '../../../../src/daemon/shared-rates/bucket.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import type { RateLimit, Tokens } from '../../../../src/shared/tokens.js'

type SharedRates = Awaited<ReturnType<typeof openSharedRates>>
type Row = Parameters<typeof refill>[0]

/** Replicas over one table in memory, each with a clock of its own that goes as fast as all others. */
class Group {
  ms = 0
  trips = 0
  isAway = false
  readonly rows = new Map<string, Row>()
  readonly gone = new Set<string>()
  readonly #opened: SharedRates[] = []
  readonly #listeners = new Set<readonly [key: string, listener: (row: Row) => void]>()

  async open(name: string, offset = 0): Promise<SharedRates> {
    const rates = await openSharedRates({
      table: {
        change: async (key, change) => {
          await Promise.resolve()
          this.trips++
          if (this.isAway) throw new Error('away')
          const { value, result } = change(this.rows.get(key))
          this.rows.set(key, value)
          await Promise.resolve()
          for (const [watched, listener] of this.#listeners) if (watched === key) listener(value)
          return result
        },
        watch: (key, listener) => {
          const entry = [key, listener] as const
          this.#listeners.add(entry)
          return () => this.#listeners.delete(entry)
        },
      },
      processes: { self: { name, lost: new Cancellation() }, isGone: (who) => this.gone.has(who) },
      service: 'svc',
      now: () => this.ms + offset,
    })
    this.#opened.push(rates)
    return rates
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((rates) => rates[Symbol.asyncDispose]()))
  }
}

let group = new Group()
afterEach(async () => {
  await group.close()
  group = new Group()
})

const isLetIn = async (tokens: Tokens): Promise<boolean> => {
  if (!tokens.has()) await tokens.fetch?.()
  return tokens.take()
}

const howMany = async (tokens: Tokens, calls: number): Promise<number> => {
  let letIn = 0
  for (let i = 0; i < calls; i++) if (await isLetIn(tokens)) letIn++
  return letIn
}

const HUNDRED: RateLimit = { perMinute: 600, burst: 100 }

test('what one replica lets in the others do not', async () => {
  const [a, b] = [await group.open('a'), await group.open('b', 123_456)]
  const [ofA, ofB] = [a.openTokens('all', HUNDRED), b.openTokens('all', HUNDRED)]
  expect(await howMany(ofA, 60)).toBe(60)
  const letInByB = await howMany(ofB, 60)
  // A has its share still: a second's worth, or a tenth of the burst.
  expect(letInByB).toBeGreaterThanOrEqual(30)
  expect(await howMany(ofA, 60)).toBe(40 - letInByB)
})

test('a burst is let in whole where its calls come together', async () => {
  const tokens = (await group.open('a')).openTokens('all', HUNDRED)
  const all = await Promise.all(Array.from({ length: 300 }, () => isLetIn(tokens)))
  expect(all.filter(Boolean)).toHaveLength(100)
})

test('most calls ask nobody, and calls beyond the limit nobody at all', async () => {
  const tokens = (await group.open('a')).openTokens('all', HUNDRED)
  await howMany(tokens, 100)
  expect(group.trips).toBeLessThanOrEqual(22)
  const before = group.trips
  expect(await howMany(tokens, 1_000)).toBe(0)
  expect(group.trips - before).toBeLessThanOrEqual(1)
})

test('a replica that has no calls gives its share back, and one that was killed loses it', async () => {
  const [a, b] = [await group.open('a'), await group.open('b')]
  const slow: RateLimit = { perMinute: 0.6, burst: 100 }
  const [ofA, ofB] = [a.openTokens('all', slow), b.openTokens('all', slow)]
  const big: RateLimit = { perMinute: 60_000, burst: 100 }
  const wide = a.openTokens('/a.B/*', big)
  expect(await isLetIn(ofA)).toBe(true)
  expect(await isLetIn(wide)).toBe(true)
  group.ms += 6_000
  await a.tidy()
  expect(group.rows.get('svc//a.B/*')).toMatchObject({ tokens: 99, shares: {} })
  expect(await howMany(ofB, 200)).toBe(99)
})

test('a bucket that is full again is kept nowhere', async () => {
  const a = await group.open('a')
  await isLetIn(a.openTokens('payer/0x1', { perMinute: 60, burst: 60 }))
  group.ms += 6_000
  await a.tidy()
  group.ms += 60_000
  await a.tidy()
  expect(group.rows.get('svc/payer/0x1')).toBeUndefined()
})

test('a replica that begins later knows what has come back meanwhile, whatever its own clock says', async () => {
  const a = await group.open('a', 1_000_000)
  const ofA = a.openTokens('all', HUNDRED)
  expect(await howMany(ofA, 200)).toBe(100)
  group.ms += 5_000
  await a.tidy()
  const b = await group.open('b')
  expect(await howMany(b.openTokens('all', HUNDRED), 200)).toBe(50)
})

test('replicas that are asked in turn, at the pace of the limit, refuse nobody', async () => {
  const rates = [await group.open('a', 5_000), await group.open('b')]
  const tokens = rates.map((each) => each.openTokens('all', { perMinute: 60, burst: 3 }))
  for (const each of rates) await each.tidy()
  let letIn = 0
  for (let second = 0; second < 100; second++) {
    group.ms += 1_000
    letIn += await howMany(tokens[second % 2] as Tokens, 1)
  }
  expect(letIn).toBeGreaterThanOrEqual(99)
})

test('while the store does not answer what is here is used, and then the call is told', async () => {
  const tokens = (await group.open('a')).openTokens('all', HUNDRED)
  await isLetIn(tokens)
  group.isAway = true
  let letIn = 0
  await expect(
    (async () => {
      for (;;) if (await isLetIn(tokens)) letIn++
    })(),
  ).rejects.toThrow('away')
  expect(letIn).toBeGreaterThan(0)
  expect(letIn).toBeLessThanOrEqual(10)
})

const LIMIT: RateLimit = { perMinute: 300, burst: 20 }

const step = fc.oneof(
  fc.record({ op: fc.constant('call' as const), who: fc.nat(2), times: fc.integer({ min: 1, max: 15 }) }),
  fc.record({ op: fc.constant('wait' as const), who: fc.constant(0), times: fc.integer({ min: 1, max: 4_000 }) }),
  fc.record({ op: fc.constant('tidy' as const), who: fc.nat(2), times: fc.constant(1) }),
  fc.record({ op: fc.constant('kill' as const), who: fc.nat(2), times: fc.constant(1) }),
)

test('in no stretch of time does the group let in more than one daemon would, whoever is killed and whenever', async () => {
  const offsets = fc.array(fc.nat(10_000_000), { minLength: 3, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(offsets, fc.array(step, { maxLength: 60 }), async (clocks, steps) => {
      const one = new Group()
      const at: number[] = []
      let born = 0
      const start = async (who: number) => {
        const name = `${who}-${born++}`
        const rates = await one.open(name, clocks[who])
        return { name, rates, tokens: rates.openTokens('all', LIMIT) }
      }
      const replicas = await Promise.all([start(0), start(1), start(2)])
      for (const { op, who, times } of steps) {
        const replica = replicas[who] as (typeof replicas)[number]
        if (op === 'wait') one.ms += times
        else if (op === 'tidy') await replica.rates.tidy()
        else if (op === 'kill') {
          one.gone.add(replica.name)
          replicas[who] = await start(who)
        } else {
          const letIn = await Promise.all(Array.from({ length: times }, () => isLetIn(replica.tokens)))
          at.push(...letIn.filter(Boolean).map(() => one.ms))
        }
      }
      const most = (from: number, to: number): number => LIMIT.burst + ((to - from) * LIMIT.perMinute) / 60_000 + 1e-6
      const tooMany = at.some((from, i) => at.slice(i).some((to, j) => j + 1 > most(from, to)))
      expect(tooMany).toBe(false)
      for (const { name } of replicas) one.gone.add(name)
      await one.close()
    }),
    { numRuns: 300 },
  )
})

test('replicas that are all asked all the time let in the whole of the limit', async () => {
  const rates = [await group.open('a', 5_000), await group.open('b'), await group.open('c', 99)]
  const tokens = rates.map((each) => each.openTokens('all', LIMIT))
  let letIn = 0
  for (let turn = 0; turn < 600; turn++) {
    group.ms += 100
    for (const each of tokens) letIn += await howMany(each, 2)
  }
  expect(letIn).toBeGreaterThanOrEqual(300)
  expect(letIn).toBeLessThanOrEqual(320)
})
