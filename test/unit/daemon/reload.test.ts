import { expect, test } from 'vitest'
import { RunningSettings } from '../../../src/daemon/running-settings.js'
import type { LogFields } from '../../../src/daemon/observability/index.js'
import { makeDirectory } from '../../../src/shared/make-directory.js'
import { complete, inDirectory } from '../settings/harness.js'

const directory = inDirectory()
const [one, two] = [`0x${'1'.repeat(40)}`, `0x${'2'.repeat(40)}`]

/** Running settings of a file that holds `more`, and a way to write it anew and have it read again. */
async function open(more: Record<string, unknown> = {}, env: Record<string, string> = {}) {
  const started = await directory.load({ ...complete, ...more }, { env })
  await makeDirectory(started.dataDir)
  const lines: [string, LogFields | undefined][] = []
  const keep = (text: string, fields?: LogFields): void => void lines.push([text, fields])
  const settings = new RunningSettings(started, { log: { debug: keep, info: keep, warn: keep, error: keep } })
  return {
    settings,
    lines,
    reload: async (file: unknown) => {
      await directory.find(file, { env }).catch(() => undefined)
      await settings.reload()
      return lines.at(-1)
    },
  }
}

test('what can count at once counts, and the rest is named as waiting for a restart, now and by status', async () => {
  const { settings, reload } = await open()
  const file = { ...complete, burst_size: 3, drain_timeout: '1s', log: { level: 'debug' }, service_timeout: '5s' }
  expect(await reload(file)).toEqual([
    'the settings were read again',
    { changed: 'log burst_size drain_timeout', wait_for_a_restart: 'service_timeout' },
  ])
  expect(settings.loaded.config).toMatchObject({ burst_size: 3, drain_timeout: 1_000, log: { level: 'debug' } })
  expect(settings.loaded.config.service_timeout).toBe(100_000)
  expect(await settings.readPending()).toEqual({ keys: ['service_timeout'], problems: [] })
  expect(await reload(complete)).toEqual(['the settings were read again', { changed: 'log burst_size drain_timeout' }])
  expect(await reload(complete)).toEqual(['the settings were read again', { changed: 'nothing' }])
})

test('of settings that are wrong all problems are told at once, and none of them counts', async () => {
  const { settings, reload } = await open({ burst_size: 1 })
  const before = settings.loaded
  const [text, fields] = (await reload({ ...complete, burst_size: 3, service_timeout: 'soon', log: 'loud' })) ?? []
  expect(text).toBe('the settings were read again and are wrong: nothing changes')
  expect((fields?.['problems'] as string[]).sort()).toEqual([
    expect.stringMatching(/^log: expected .* \(from \.\/snetd\.config\.json\)$/),
    expect.stringMatching(/^service_timeout: expected a duration .* \(from \.\/snetd\.config\.json\)$/),
  ])
  expect(settings.loaded).toBe(before)
  expect((await reload('{'))?.[0]).toBe('the settings were read again and are wrong: nothing changes')
  expect(settings.loaded).toBe(before)
  await reload({ ...complete, burst_size: 3 })
  expect(settings.loaded.config.burst_size).toBe(3)
})

test('what could count at once, but not with what waits, changes nothing', async () => {
  const restricted = { allowed_user_flag: true, allowed_user_addresses: [one] }
  const { settings, reload } = await open(restricted)
  const users = settings.part(({ allowed_user_addresses: addresses }) => addresses)
  const [text, fields] = (await reload({ ...complete, burst_size: 3 })) ?? []
  expect([text, String(fields?.['problems'])]).toEqual([
    'the settings were read again and are wrong: nothing changes',
    expect.stringContaining('allowed_user_addresses'),
  ])
  expect([users.current, settings.loaded.config.burst_size]).toEqual([[one], undefined])
  await reload({ ...complete, ...restricted, allowed_user_addresses: [one, two] })
  expect(users.current).toEqual([one, two])
})

test('a part is another only when its value is, so that what was spent of a rate stays spent', async () => {
  const { settings, reload } = await open({ rate_limit_per_minute: 60 })
  const rate = settings.part(({ rate_limit_per_minute: perMinute, burst_size: burst }) => ({ perMinute, burst }))
  const before = rate.current
  await reload({ ...complete, rate_limit_per_minute: '60', drain_timeout: '1s' })
  expect(rate.current).toBe(before)
  await reload({ ...complete, rate_limit_per_minute: 61 })
  expect(rate.current).toEqual({ perMinute: 61, burst: undefined })
})

test('variables stand above the file, and so does what was changed over the wire', async () => {
  const { settings, reload } = await open({}, { SNET_DRAIN_TIMEOUT: '7s' })
  await settings.update({ burst_size: '9' })
  await reload({ ...complete, burst_size: 3, drain_timeout: '1s', rate_limit_per_minute: 60 })
  expect(settings.loaded.config).toMatchObject({ burst_size: 9, drain_timeout: 7_000, rate_limit_per_minute: 60 })
  expect(settings.loaded.updates).toEqual({ burst_size: '9' })
})

test('of the log its level alone counts at once', async () => {
  const { settings, reload } = await open()
  await reload({ ...complete, log: { level: 'error', formatter: { type: 'json' } } })
  expect(settings.loaded.config.log).toMatchObject({ level: 'error', format: 'text' })
  expect((await settings.readPending()).keys).toEqual(['log'])
})

test('a warning about the settings is told when it is new', async () => {
  const { lines, reload } = await open()
  const file = { ...complete, burst_siz: 3 }
  await reload(file)
  await reload(file)
  expect(lines.filter(([text]) => text.includes('did you mean burst_size'))).toHaveLength(1)
})
