import { readFile, rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { RunningSettings } from '../../../src/daemon/running-settings.js'
import { type LoadedConfig, updatesPath } from '../../../src/settings/index.js'
import { makeDirectory } from '../../../src/shared/make-directory.js'
import { quietLog } from '../../support/quiet-log.js'
import { complete, inDirectory } from '../settings/harness.js'

const directory = inDirectory()

async function open() {
  const loaded = await directory.load(complete)
  await makeDirectory(loaded.dataDir)
  const applied: LoadedConfig[] = []
  const settings = new RunningSettings(loaded, { log: quietLog(), onChange: (next) => applied.push(next) })
  return { loaded, settings, applied }
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

test('what needs a restart says so', async () => {
  const { settings } = await open()
  const restarts = settings.parameters().filter(({ isEditable }) => isEditable)
  expect(Object.fromEntries(restarts.map(({ name, needsRestart }) => [name, needsRestart]))).toEqual({
    rate_limit_per_minute: false,
    burst_size: false,
    max_message_size_in_mb: true,
    'log.level': false,
    alerts_email: false,
  })
})
