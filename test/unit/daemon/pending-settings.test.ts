import { expect, test } from 'vitest'
import { RunningSettings } from '../../../src/daemon/running-settings.js'
import type { LoadedConfig } from '../../../src/settings/index.js'
import { makeDirectory } from '../../../src/shared/make-directory.js'
import { quietLog } from '../../support/quiet-log.js'
import { complete, inDirectory } from '../settings/harness.js'

const directory = inDirectory()
const running = (started: LoadedConfig) => new RunningSettings(started, { log: quietLog() })

test('nothing waits after a start', async () => {
  expect(await running(await directory.load(complete)).readPending()).toEqual({ keys: [], problems: [] })
})

test('what the file says by now waits, by its keys', async () => {
  const settings = running(await directory.load(complete))
  await directory.find({ ...complete, service_timeout: '5s', burst_size: 3 })
  expect(await settings.readPending()).toEqual({ keys: ['service_timeout', 'burst_size'], problems: [] })
})

test('what was changed over the wire waits only where it does not count at once', async () => {
  const started = await directory.load(complete)
  await makeDirectory(started.dataDir)
  const settings = running(started)
  await settings.update({ burst_size: '9', 'log.level': 'error', max_message_size_in_mb: '7' })
  expect(await settings.readPending()).toEqual({ keys: ['max_message_size_in_mb'], problems: [] })
})

test('a file with which the next start would fail is told, and that it cannot be read', async () => {
  const settings = running(await directory.load(complete))
  await directory.find({ ...complete, service_timeout: 'soon' })
  expect((await settings.readPending()).problems).toEqual([
    expect.stringContaining('service_timeout: expected a duration'),
  ])
  await directory.find('{').catch(() => undefined)
  const { keys, problems } = await settings.readPending()
  expect([keys, problems.length]).toEqual([[], 1])
})
