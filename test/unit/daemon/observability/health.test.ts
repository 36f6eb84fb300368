import { describe, expect, test } from 'vitest'
import { createHealth, type HealthReport } from '../../../../src/daemon/observability/index.js'

const stopping = { ready: false, parts: [{ part: 'gate', ok: false, reason: 'stopping' }] }

test('however many ask, the parts are read once a second', async () => {
  let now = 0
  const health = createHealth(() => now)
  let readings = 0
  health.watch('chain', () => ({ ok: ++readings > 0 }))
  for (now = 0; now <= 1_000; now += 10) await Promise.all([health.check(), health.check()])
  expect(readings).toBe(1)
  now = 1_001
  await health.check()
  expect(readings).toBe(2)
})

describe('a stop', () => {
  test('is told at once, also to who waits for a part', async () => {
    const health = createHealth()
    health.watch('slow', () => new Promise(() => undefined))
    const asked = health.check()
    health.stop()
    expect(await asked).toEqual(stopping)
    expect(await health.check()).toEqual(stopping)
  })

  test('is told while calls are still taken, to those, too, who go on to listen until its end', async () => {
    const health = createHealth()
    const readings = health.readings(new AbortController().signal)[Symbol.asyncIterator]()
    expect((await readings.next()).value).toMatchObject({ ready: true })
    let isOver = false
    const next = readings.next()
    health.leave()
    expect(await next).toEqual({ done: false, value: stopping })
    const last = readings.next().finally(() => (isOver = true))
    expect(await health.check()).toEqual(stopping)
    expect(isOver).toBe(false)
    health.stop()
    expect(await last).toEqual({ done: true, value: undefined })
  })

  test('is the last of all readings', async () => {
    const health = createHealth()
    health.watch('chain', () => ({ ok: true }))
    const told: HealthReport[] = []
    for await (const report of health.readings(new AbortController().signal)) {
      told.push(report)
      if (report.ready) setImmediate(() => health.stop())
    }
    expect(told).toEqual([{ ready: true, parts: [{ part: 'chain', ok: true }] }, stopping])
  })
})

test('who wants no more readings is not kept waiting for the next', async () => {
  const leave = new AbortController()
  const readings = createHealth().readings(leave.signal)[Symbol.asyncIterator]()
  await readings.next()
  const next = readings.next()
  leave.abort()
  expect(await next).toEqual({ done: true, value: undefined })
})
