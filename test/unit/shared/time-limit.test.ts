import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SnetError } from '../../../src/shared/errors.js'
import { withTimeLimit } from '../../../src/shared/time-limit.js'

const HOUR_MS = 3_600_000
const late = (): Error => new SnetError('timed-out', 'too late')
const never = (): Promise<never> => new Promise(() => undefined)

test('work that ends in time is what it gives, or throws', async () => {
  expect(await withTimeLimit({ ms: HOUR_MS, late }, async () => 7)).toBe(7)
  const failing = withTimeLimit({ ms: HOUR_MS, late }, async () => {
    throw new Error('its own')
  })
  await expect(failing).rejects.toThrow('its own')
})

test('work that waits for what never comes ends with the time, and is told', async () => {
  let given: AbortSignal | undefined
  const waiting = withTimeLimit({ ms: 1, late }, (signal) => {
    given = signal
    return never()
  })
  await expect(waiting).rejects.toThrow('too late')
  expect(given?.aborted).toBe(true)
})

test('what the work says after the time is over is heard by nobody', async () => {
  let fail: (fault: Error) => void = () => undefined
  const waiting = withTimeLimit({ ms: 1, late }, () => new Promise((_, reject) => (fail = reject)))
  await expect(waiting).rejects.toThrow('too late')
  fail(new Error('nobody waits for it'))
})

test('a caller who gives up is answered at once, and with his own reason where he has one', async () => {
  const caller = new AbortController()
  const waiting = withTimeLimit({ ms: HOUR_MS, late, signal: caller.signal }, never)
  caller.abort()
  await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' })

  const reason = new SnetError('timed-out', 'the whole took too long')
  const stopped = new AbortController()
  const inner = withTimeLimit({ ms: HOUR_MS, late, signal: stopped.signal }, never)
  stopped.abort(reason)
  await expect(inner).rejects.toBe(reason)
})

test('nothing is begun for a caller who has gone', async () => {
  let isBegun = false
  const begin = async (): Promise<void> => void (isBegun = true)
  const begun = withTimeLimit({ ms: HOUR_MS, late, signal: AbortSignal.abort() }, begin)
  await expect(begun).rejects.toMatchObject({ kind: 'cancelled' })
  expect(isBegun).toBe(false)
})

test('the time is over in a process that collects garbage and waits for nothing else', () => {
  const module = join(import.meta.dirname, '../../../src/shared/time-limit.ts')
  const script = `
    import { withTimeLimit } from ${JSON.stringify(module)}
    const waiting = withTimeLimit(
      { ms: 300, signal: new AbortController().signal, late: () => new Error('too late') },
      () => new Promise(() => {}),
    )
    globalThis.gc()
    await waiting.catch((fault) => console.log(fault.message))`
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  )
  expect({ stdout, status }).toEqual({ stdout: 'too late\n', status: 0 })
})
