import { stripVTControlCharacters } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { createStatusScreen, createStatusTeller } from '../../../../src/client/render/status-watch.js'
import type { StatusMessage } from '../../../../src/shared/wire/index.js'

const status = (changes: Partial<StatusMessage> = {}): StatusMessage => ({
  ...{ phase: 'SERVING', healthy: true, pid: 7, version: '1.0.0', uptime_seconds: 61 },
  parts: [
    { name: 'chain', ok: true },
    { name: 'store', ok: true },
  ],
  ...changes,
})

afterEach(() => vi.restoreAllMocks())

/** What is written on a terminal of that size, part by part. */
function terminal(columns: number, rows: number) {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  return { written, screen: createStatusScreen({ columns, rows }) }
}

const linesOf = (text = ''): string[] => stripVTControlCharacters(text).split('\n').slice(0, -1)

test('is drawn in place: never wider, never higher, and never fewer lines than before', () => {
  const { written, screen } = terminal(40, 6)
  const reason = 'no new block since 2026-11-29 12:00:00Z, and a signer waits for one'
  screen.show(status({ parts: Array.from({ length: 9 }, (_, i) => ({ name: `part${i}`, ok: false, reason })) }))
  screen.show(status())
  screen.away('nothing listens there')
  const drawn = written.map(linesOf)
  expect(drawn.map(({ length }) => length)).toEqual([5, 5, 5])
  for (const line of drawn.flat()) expect(line.length).toBeLessThanOrEqual(40)
  expect(drawn[2]?.[0]).toBe('NOT THERE, waited for: nothing listens t')
  expect(written[1]?.startsWith('\u001b[5A')).toBe(true)
})

test('in a pipe only what has changed is told, whatever the time', () => {
  const told: StatusMessage[] = []
  const display = createStatusTeller(
    (one) => void told.push(one),
    () => undefined,
  )
  display.show(status())
  display.show(status({ uptime_seconds: 62 }))
  display.show(status({ healthy: false }))
  expect(told.map(({ healthy }) => healthy)).toEqual([true, false])
})
