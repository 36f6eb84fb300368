import { readFile, rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sharedSettings, type SharedSettings } from '../../../src/daemon/shared-settings.js'
import { RunningSettings } from '../../../src/daemon/running-settings.js'
import { settingParameters } from '../../../src/daemon/setting-parameters.js'
import { type LoadedConfig, updatesPath } from '../../../src/settings/index.js'
import { makeDirectory } from '../../../src/shared/make-directory.js'
import { quietLog } from '../../support/quiet-log.js'
import { until } from '../../support/until.js'
import { complete, inDirectory } from '../settings/harness.js'

const directory = inDirectory()
const another = inDirectory()

interface Opening {
  readonly shared?: SharedSettings
  readonly env?: Record<string, string>
  readonly place?: typeof directory
}

async function open({ shared, env, place = directory }: Opening = {}) {
  const loaded = await place.load({ ...complete, notification_endpoint: 'http://127.0.0.1:6' }, env && { env })
  await makeDirectory(loaded.dataDir)
  const applied: LoadedConfig[] = []
  const lines: string[] = []
  const settings = new RunningSettings(loaded, { log: quietLog(lines) })
  settings.onChange((next) => applied.push(next))
  if (shared) await settings.share(shared)
  return { loaded, settings, applied, lines }
}

/** What replicas share, in this process. */
function aShared(told: Record<string, string> = {}) {
  const table = new Map([['svc', told]])
  const listeners: ((now: Readonly<Record<string, string>> | undefined) => void)[] = []
  return sharedSettings(
    {
      read: async (key) => table.get(key),
      async change(key, change) {
        const { value, result } = change(table.get(key))
        if (value) table.set(key, value)
        for (const listener of listeners) listener(value)
        return result
      },
      watch(_key, listener) {
        listeners.push(listener)
        return () => undefined
      },
    },
    'svc',
  )
}

test('a change is on disk before it counts, and counts again after a start', async () => {
  const { settings, loaded, applied } = await open()
  await settings.update({ burst_size: '9' })
  expect(JSON.parse(await readFile(updatesPath(loaded.dataDir), 'utf8'))).toEqual({ burst_size: '9' })
  expect(applied.map(({ config }) => config.burst_size)).toEqual([9])
  expect(settings.shown()).toMatchObject({ burst_size: '9' })
  expect((await directory.load(complete)).config.burst_size).toBe(9)
})

test('changes at once are all kept, and one that is refused changes nothing', async () => {
  const { settings } = await open()
  const changes: Record<string, string>[] = [
    { burst_size: '1' },
    { rate_limit_per_minute: '2' },
    { nothing: '3' },
    { 'log.level': 'error' },
  ]
  const outcomes = await Promise.allSettled(changes.map((change) => settings.update(change)))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  const { config } = await directory.load(complete)
  expect(config).toMatchObject({ burst_size: 1, rate_limit_per_minute: 2, log: { level: 'error' } })
})

test('a change that cannot be kept does not count', async () => {
  const { settings, loaded, applied } = await open()
  await rm(loaded.dataDir, { recursive: true })
  await expect(settings.update({ burst_size: '9' })).rejects.toMatchObject({ kind: 'storage-failed' })
  expect(applied).toEqual([])
})

test('what one replica is told counts at all, but for the level of its own log, and is on the disk of each', async () => {
  const shared = aShared()
  const [first, second] = [await open({ shared }), await open({ shared, place: another })]
  await first.settings.update({ burst_size: '9', 'log.level': 'error' })
  await until('the second has heard', () => second.applied.length > 0)
  expect(second.settings.loaded.config).toMatchObject({ burst_size: 9, log: { level: 'info' } })
  expect(second.lines.join()).toContain('as an operator of another daemon of the group says')
  const updates = await readFile(updatesPath(second.loaded.dataDir), 'utf8')
  expect(JSON.parse(updates)).toMatchObject({ burst_size: '9' })
  expect(first.applied.length).toBe(1)
})

test('a replica that begins later takes over what the others were told, above what it had itself', async () => {
  const alone = await open()
  await alone.settings.update({ burst_size: '3', 'log.level': 'warn' })
  const later = await open({ shared: aShared({ burst_size: '9' }) })
  expect(later.settings.loaded.config).toMatchObject({ burst_size: 9, log: { level: 'warn' } })
})

test('what a variable sets at a replica, or what it does not know, keeps none of the rest, and is said once', async () => {
  const shared = aShared({ burst_size: '9', not_yet_known: '1', rate_limit_per_minute: '60' })
  const { settings, applied, lines } = await open({ shared, env: { SNET_BURST_SIZE: '2' } })
  await settings.update({ alerts_email: 'a@example.org' })
  await until('it has heard of its own change', () => applied.length > 1)
  expect(settings.loaded.config).toMatchObject({ burst_size: 2, rate_limit_per_minute: 60 })
  expect(lines.filter((line) => line.includes('does not count here')).length).toBe(2)
})

test('what needs a restart says so', () => {
  const restarts = settingParameters().filter(({ isEditable }) => isEditable)
  expect(Object.fromEntries(restarts.map(({ name, needsRestart }) => [name, needsRestart]))).toEqual({
    rate_limit_per_minute: false,
    burst_size: false,
    max_message_size_in_mb: true,
    'log.level': false,
    alerts_email: false,
  })
})
