import { expect, test } from 'vitest'
import { createHealth } from '../../../src/daemon/observability/index.js'
import { DaemonStatus } from '../../../src/daemon/status.js'
import { stopServing } from '../../../src/daemon/compose-stop.js'
import { quietLog } from '../../support/quiet-log.js'
import { until } from '../../support/until.js'

/** A gate whose calls never end by themselves, and a hand that sends signals. */
function openStop({ delayMs }: { delayMs: number }) {
  const steps: string[] = []
  const health = createHealth()
  let next: AbortController | undefined
  const done = stopServing({
    status: new DaemonStatus(health),
    health,
    log: quietLog(),
    delayMs,
    gate: {
      leave: () => void steps.push('leaves'),
      async drain(hurry) {
        steps.push('drains')
        await new Promise<void>((resolve) => hurry.addEventListener('abort', () => resolve()))
        steps.push('cuts')
      },
    },
    untilNext() {
      const waiting = (next = new AbortController())
      return { signal: waiting.signal, [Symbol.dispose]: () => (next = undefined) }
    },
  })
  return { steps, health, done, isListening: () => next !== undefined, signal: () => next?.abort() }
}

test('a stop is told before anything is drained, and each further signal ends one step', async () => {
  const stop = openStop({ delayMs: 2 ** 40 })
  expect(await stop.health.check()).toMatchObject({ ready: false, parts: [{ reason: 'stopping' }] })
  expect(stop.steps).toEqual(['leaves'])
  stop.signal()
  await until('it drains', () => stop.steps.length > 1)
  stop.signal()
  await stop.done
  expect(stop.steps).toEqual(['leaves', 'drains', 'cuts'])
  expect(stop.isListening()).toBe(false)
})

test('without a delay the drain begins at once', () => {
  expect(openStop({ delayMs: 0 }).steps).toEqual(['drains'])
})
