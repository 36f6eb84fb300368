import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openKeptContent } from '../../../src/content/index.js'
import { tempDir } from '../../support/temp-dir.js'

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('utf8')
const LONG = `a name of ${'many '.repeat(200)}/../ characters`

test('what was kept is there for the next one who opens the folder', async () => {
  const { path, remove } = await tempDir()
  const folder = join(path, 'kept')
  const first = openKeptContent(folder)
  expect(await first.read('one')).toBeUndefined()
  await first.keep('one', Buffer.from('content'))
  await first.keep(LONG, Buffer.alloc(0))
  const second = openKeptContent(folder)
  expect(text(await second.read('one'))).toBe('content')
  expect(text(await second.read(LONG))).toBe('')
  expect(await second.read('two')).toBeUndefined()
  await remove()
})

test('a file that is not whole, or of another name, counts for nothing', async () => {
  const { path, remove } = await tempDir()
  const kept = openKeptContent(path)
  await kept.keep('one', Buffer.from('content'))
  const [one = ''] = await readdir(path)
  await kept.keep('two', Buffer.from('other'))
  const [two = ''] = (await readdir(path)).filter((file) => file !== one)
  const whole = await readFile(join(path, one))
  for (const changed of [whole.subarray(0, -1), whole.subarray(0, 5), Buffer.alloc(0), Buffer.concat([whole, whole])]) {
    await writeFile(join(path, one), changed)
    expect(await kept.read('one')).toBeUndefined()
  }
  await rename(join(path, two), join(path, one))
  expect(await kept.read('one')).toBeUndefined()
  await remove()
})

test('what is not used any more is dropped', async () => {
  const { path, remove } = await tempDir()
  const kept = openKeptContent(path)
  for (const name of ['one', 'two', 'three']) await kept.keep(name, Buffer.from(name))
  await kept.dropOthers()
  expect(await readdir(path)).toHaveLength(3)
  await kept.read('two')
  await kept.keep('four', Buffer.from('four'))
  await kept.dropOthers()
  expect(await Promise.all(['one', 'two', 'three', 'four'].map(async (name) => text(await kept.read(name))))).toEqual([
    ...[undefined, 'two', undefined, 'four'],
  ])
  await remove()
})

test('where nothing can be kept, nothing is, and nobody is held up', async () => {
  const { path, remove } = await tempDir()
  await writeFile(join(path, 'file'), '')
  const kept = openKeptContent(join(path, 'file', 'folder'))
  await kept.keep('one', Buffer.from('content'))
  expect(await kept.read('one')).toBeUndefined()
  await kept.dropOthers()
  await remove()
})
