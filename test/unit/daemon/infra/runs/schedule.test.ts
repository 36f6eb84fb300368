import { expect, test } from 'vitest'
import type { Clock } from '../../../../../src/shared/clock.js'
import { MAX_IN_FLIGHT } from '../../../../../src/daemon/infra/limits.js'
import { dueMs, sendAll } from '../../../../../src/daemon/infra/runs/schedule.js'
import { aPlan } from '../../../../support/infra-builders.js'

/** Time that passes when somebody sleeps, and when a test says so. */
function aClock(): Clock & { pass(ms: number): void; readonly ms: number } {
  let ms = 0
  return {
    get ms() {
      return ms
    },
    pass: (more) => (ms += more),
    nowUs: () => ms * 1_000,
    steadyUs: () => ms * 1_000,
    async sleep(forMs, signal) {
      if (!signal.aborted && forMs > 0) ms += forMs
    },
  }
}

const unstopped = new AbortController().signal

test('the closed model pauses after each message, however long it took, and not after the last', async () => {
  const clock = aClock()
  const begins: number[] = []
  await sendAll(
    aPlan({ intervalMs: 100 }),
    { first: 1, last: 3, signal: unstopped },
    async () => {
      begins.push(clock.ms)
      clock.pass(30)
    },
    clock,
  )
  expect([...begins, clock.ms]).toEqual([0, 130, 260, 290])
})

test('the open model keeps its times while messages take long', async () => {
  const clock = aClock()
  const begins: number[] = []
  const finish: (() => void)[] = []
  const all = sendAll(
    aPlan({ rate: 10 }),
    { first: 1, last: 5, signal: unstopped },
    (sequence) => {
      begins.push(clock.ms)
      return new Promise((done) => {
        finish.push(done)
        if (sequence === 5) for (const each of finish) each()
      })
    },
    clock,
  )
  await all
  expect(begins).toEqual([0, 100, 200, 300, 400])
})

test('a pause makes later ones late, not fewer; times are kept from the begin on', async () => {
  const clock = aClock()
  const begins: number[] = []
  const send = async (sequence: number): Promise<void> => {
    begins.push(clock.ms)
    if (sequence === 2) clock.pass(250)
  }
  await sendAll(aPlan({ rate: 10 }), { first: 1, last: 6, signal: unstopped }, send, clock)
  expect(begins).toEqual([0, 100, 350, 350, 400, 500])
})

test('no more than the bound are under way', async () => {
  const clock = aClock()
  let underWay = 0
  let most = 0
  const send = async (): Promise<void> => {
    most = Math.max(most, ++underWay)
    for (let turn = 0; turn < 200; turn++) await Promise.resolve()
    underWay--
  }
  await sendAll(aPlan({ rate: 1_000 }), { first: 1, last: 1_000, signal: unstopped }, send, {
    ...clock,
    sleep: async () => {},
  })
  expect(most).toBe(MAX_IN_FLIGHT)
})

test('what is resumed goes on from now, without a burst', async () => {
  const clock = aClock()
  clock.pass(60_000)
  const begins: number[] = []
  await sendAll(
    aPlan({ rate: 10 }),
    { first: 301, last: 303, signal: unstopped },
    async () => void begins.push(clock.ms),
    clock,
  )
  expect(begins.map(Math.round)).toEqual([60_000, 60_100, 60_200])
})

test('the rate grows evenly over the ramp, and stays', () => {
  const arrivals = { rate: 10, rampSeconds: 4 }
  // 20 messages in the ramp: half the rate over four seconds.
  expect(dueMs(0, arrivals)).toBe(0)
  expect(dueMs(5, arrivals)).toBeCloseTo(2_000)
  expect(dueMs(20, arrivals)).toBeCloseTo(4_000)
  expect(dueMs(30, arrivals)).toBeCloseTo(5_000)
  for (let index = 1; index < 100; index++) expect(dueMs(index, arrivals)).toBeGreaterThan(dueMs(index - 1, arrivals))
})

test.each(['closed', 'open'])('a stop ends the %s model before the next message', async (model) => {
  const clock = aClock()
  const stop = new AbortController()
  const sent: number[] = []
  await sendAll(
    model === 'open' ? aPlan({ rate: 10 }) : aPlan({ intervalMs: 10 }),
    { first: 1, last: 1_000, signal: stop.signal },
    async (sequence) => {
      sent.push(sequence)
      if (sequence === 3) stop.abort()
    },
    clock,
  )
  expect(sent).toEqual([1, 2, 3])
})

test.each(['closed', 'open'])(
  'a send that cannot be written ends the %s model, when the others are done',
  async (model) => {
    const sent: number[] = []
    const all = sendAll(
      model === 'open' ? aPlan({ rate: 10 }) : aPlan({ intervalMs: 10 }),
      { first: 1, last: 10, signal: unstopped },
      async (sequence) => {
        if (sequence === 3) throw new Error('disk full')
        sent.push(sequence)
      },
      aClock(),
    )
    await expect(all).rejects.toThrow('disk full')
  },
)
