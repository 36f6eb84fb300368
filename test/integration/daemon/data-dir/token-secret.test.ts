import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { lazyTokenSecret } from '../../../../src/daemon/data-dir/index.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})
const file = () => join(path, 'token-secret')

test('a secret is made when it is first asked for, once, and kept for its owner alone', async () => {
  const secret = lazyTokenSecret(path, undefined, { log: quietLog() })
  await expect(stat(file())).rejects.toThrow('ENOENT')
  const [first, second] = await Promise.all([secret(), secret()])
  expect(second).toBe(first)
  expect(await readFile(file(), 'utf8')).toBe(`${first}\n`)
  expect((await stat(file())).mode & 0o777).toBe(0o600)
  expect(await lazyTokenSecret(path, undefined, { log: quietLog() })()).toBe(first)
})

test('one in the settings counts, and none is made', async () => {
  expect(await lazyTokenSecret(path, 'theirs', { log: quietLog() })()).toBe('theirs')
  await expect(stat(file())).rejects.toThrow('ENOENT')
})

test('one that cannot be used is told to clients without the path, and read again with the next token', async () => {
  await writeFile(file(), 'short')
  const log: string[] = []
  const secret = lazyTokenSecret(path, undefined, { log: quietLog(log) })
  await expect(secret()).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'the secret that signs prepaid tokens cannot be had',
  })
  expect(log).toEqual(['the secret that signs prepaid tokens cannot be had'])
  await writeFile(file(), 'long'.repeat(8))
  expect(await secret()).toBe('long'.repeat(8))
})
