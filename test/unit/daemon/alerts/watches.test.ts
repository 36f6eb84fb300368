import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seldom, watchDisk, watchMoney } from '../../../../src/daemon/alerts/index.js'
import { tempDir } from '../../../support/temp-dir.js'

test('a disk with less room than is wanted is told with what is left', async () => {
  await using directory = await tempDir()
  expect(await watchDisk(directory.path, 0).look()).toBeUndefined()
  const condition = await watchDisk(directory.path, 2 ** 31 - 1).look()
  expect(condition).toMatchObject({ message: 'The disk of the data directory is nearly full.', level: 'WARN' })
  expect(condition?.details).toMatch(/^\d+ MiB are free; below 2147483647 MiB /)
})

test('a directory that is gone, or that this user may not write to, is an error', async () => {
  await using directory = await tempDir()
  const gone = await watchDisk(join(directory.path, 'gone'), 0).look()
  expect(gone).toMatchObject({ message: 'The data directory cannot be written.', level: 'ERROR' })
  // The superuser may write everywhere.
  if (process.getuid?.() === 0) return
  await chmod(directory.path, 0o500)
  expect(await watchDisk(directory.path, 0).look()).toMatchObject({ level: 'ERROR' })
})

test('money that is about to be lost is told with its channels', async () => {
  const watch = watchMoney(7_200, async () => ({ channels: ['7', '9'], cogs: 300n }))
  expect(await watch.look()).toMatchObject({
    level: 'ERROR',
    about: ['7', '9'],
    details:
      '300 cogs are signed on channels that expire within 7200 blocks: 7, 9. Claim them with snetd channel claim.',
  })
  expect(await watchMoney(7_200, async () => ({ channels: [], cogs: 0n })).look()).toBeUndefined()
})

test('what is looked after seldom stands in between, and a look that failed is taken again', async () => {
  let [now, looks] = [0, 0]
  const look = async () => {
    if (++looks === 2) throw new Error('unknown')
    return undefined
  }
  const watch = seldom({ key: 'it', look }, 1_000, () => now)
  await watch.look()
  await watch.look()
  expect(looks).toBe(1)
  now = 1_000
  await expect(watch.look()).rejects.toThrow('unknown')
  await watch.look()
  expect(looks).toBe(3)
})
