import { expect, test } from 'vitest'
import { readPending } from '../../../src/daemon/pending-settings.js'
import { RunningSettings } from '../../../src/daemon/running-settings.js'
import { makeDirectory } from '../../../src/shared/make-directory.js'
import { quietLog } from '../../support/quiet-log.js'
import { complete, inDirectory } from '../settings/harness.js'

const directory = inDirectory()

test('nothing waits after a start', async () => {
  expect(await readPending(await directory.load(complete))).toEqual({ keys: [], problems: [] })
})

test('what the file says by now waits for a restart, by its keys', async () => {
  const started = await directory.load(complete)
  await directory.find({ ...complete, service_timeout: '5s', burst_size: 3 })
  expect(await readPending(started)).toEqual({ keys: ['service_timeout', 'burst_size'], problems: [] })
})

test('what was changed over the wire waits only where it does not count at once', async () => {
  const started = await directory.load(complete)
  await makeDirectory(started.dataDir)
  const settings = await RunningSettings.open(started, { log: quietLog(), onChange: () => undefined })
  await settings.update({ burst_size: '9', 'log.level': 'error', max_message_size_in_mb: '7' })
  expect(await readPending(started)).toEqual({ keys: ['max_message_size_in_mb'], problems: [] })
})

test('a file with which the next start would fail is told, and that it cannot be read', async () => {
  const started = await directory.load(complete)
  await directory.find({ ...complete, service_timeout: 'soon' })
  expect((await readPending(started)).problems).toEqual([
    expect.stringContaining('service_timeout: expected a duration'),
  ])
  await directory.find('{').catch(() => undefined)
  const { keys, problems } = await readPending(started)
  expect([keys, problems.length]).toEqual([[], 1])
})
