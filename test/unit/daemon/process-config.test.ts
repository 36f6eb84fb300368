import { expect, test } from 'vitest'
import { processConfig } from '../../../src/daemon/room-configs.js'
import { complete, inDirectory } from '../settings/harness.js'

const { load } = inDirectory()

test('a service of type process needs a program', async () => {
  const { config } = await load(complete)
  expect(() => processConfig(config)).toThrow(
    expect.objectContaining({ kind: 'invalid-config', message: expect.stringMatching(/^executable_path: /) as string }),
  )
})

test('sixteen processes run at a time, each for one call, if nothing else is set', async () => {
  const { config } = await load({ ...complete, executable_path: './answer' })
  expect(processConfig(config)).toMatchObject({
    executable: './answer',
    maxProcesses: 16,
    maxWaiting: 64,
    isPool: false,
    maxMessageBytes: 4 * 1024 * 1024,
  })
})

test('what is set counts', async () => {
  const pool = { max_processes: 2, max_waiting_for_process: 0, process_pool_enabled: true }
  const { config } = await load({ ...complete, executable_path: '/opt/answer', ...pool })
  expect(processConfig(config)).toMatchObject({
    executable: '/opt/answer',
    maxProcesses: 2,
    maxWaiting: 0,
    isPool: true,
  })
})
