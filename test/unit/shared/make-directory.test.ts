import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { ANY_USER, makeDirectory } from '../../../src/shared/make-directory.js'
import { tempDir } from '../../support/temp-dir.js'

let scratch: string
beforeEach(async () => {
  const temp = await tempDir()
  scratch = temp.path
  return temp.remove
})

test('makes what is missing, for this user alone, and leaves what is there', async () => {
  const deep = join(scratch, 'a', 'b', 'c')
  await makeDirectory(deep)
  await writeFile(join(deep, 'kept'), '')
  await makeDirectory(deep)
  expect((await stat(deep)).mode & 0o777).toBe(0o700)
  expect((await stat(join(deep, 'kept'))).isFile()).toBe(true)
})

test('ends where the system makes no directories, though the parent is there', async () => {
  await expect(makeDirectory('/proc/nothing/deeper')).rejects.toMatchObject({ code: 'ENOENT' })
})

test('below a file there is no directory', async () => {
  await writeFile(join(scratch, 'file'), '')
  await expect(makeDirectory(join(scratch, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test('says whether it was missing, and takes another mode', async () => {
  const open = join(scratch, 'open')
  expect(await makeDirectory(open, ANY_USER)).toBe(true)
  expect((await stat(open)).mode & 0o777).toBeGreaterThan(0o700)
  expect(await makeDirectory(open)).toBe(false)
})
