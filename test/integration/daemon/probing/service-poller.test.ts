import { expect, test } from 'vitest'
import type { PartHealth } from '../../../../src/daemon/observability/index.js'
import { type Probe, ServicePoller } from '../../../../src/daemon/probing/index.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

const WELL = { ok: true }
const AWAY = { ok: false, reason: 'no connection: ECONNREFUSED' }

function poll(probe: Probe, limits = { intervalMs: 1, timeoutMs: 10_000 }) {
  const log: string[] = []
  return { poller: new ServicePoller(probe, limits, { log: quietLog(log), endpoint: 'localhost:5000' }), log }
}

test('tells what was found last, and each change once', async () => {
  let now: PartHealth = AWAY
  let looks = 0
  const { poller, log } = poll(async () => {
    looks++
    return now
  })
  await using _poller = poller
  const lookedAgain = (): Promise<void> => {
    const from = looks
    return until('it has looked again', () => looks > from + 1)
  }
  expect(await poller.health()).toEqual(AWAY)
  await lookedAgain()
  now = { ok: false, reason: 'its heartbeat page answers 500' }
  await lookedAgain()
  now = WELL
  await lookedAgain()
  expect(await poller.health()).toEqual(WELL)
  expect(log).toEqual([
    'the service cannot be reached: calls fail until it can',
    'the service is away for another reason',
    'the service is back',
  ])
})

test('who asks makes no look, however often (defect 46)', async () => {
  let looks = 0
  const { poller } = poll(
    async () => {
      looks++
      return WELL
    },
    { intervalMs: 3_600_000, timeoutMs: 10_000 },
  )
  await using _poller = poller
  for (let i = 0; i < 100; i++) await poller.health()
  expect(looks).toBe(1)
})

test('one look at a time, and one that takes too long counts as none', async () => {
  let [open, most, looks] = [0, 0, 0]
  const { poller } = poll(
    async (signal) => {
      looks++
      most = Math.max(most, ++open)
      await new Promise<void>((done) => signal.addEventListener('abort', () => done()))
      open--
      return WELL
    },
    { intervalMs: 1, timeoutMs: 20 },
  )
  await using _poller = poller
  expect(await poller.health()).toEqual({ ok: false, reason: 'no answer within 20 ms' })
  await until('it has looked often', () => looks > 3)
  expect(most).toBe(1)
})

test('what fails unforeseen tells nothing of itself', async () => {
  const { poller } = poll(() => Promise.reject(new Error('at 10.0.0.1')))
  await using _poller = poller
  expect(await poller.health()).toEqual({ ok: false, reason: 'its state cannot be read' })
})

test('a look under way ends with it', async () => {
  let ended = false
  const { poller } = poll(
    (signal) =>
      new Promise((done) =>
        signal.addEventListener('abort', () => {
          ended = true
          done(WELL)
        }),
      ),
  )
  await poller[Symbol.asyncDispose]()
  expect(ended).toBe(true)
})
