import { gunzipSync, gzipSync } from 'node:zlib'
import { type Header, pack } from 'tar-stream'
import { expect, test } from 'vitest'
import { createProtoArchive, readProtoArchive } from '../../../src/content/index.js'

/** A tar of the entries, as a hostile publisher would make it. */
async function tarOf(...entries: (Partial<Header> & { name: string; body?: string | Buffer })[]): Promise<Buffer> {
  const tar = pack()
  const parts: Buffer[] = []
  const read = (async () => {
    for await (const part of tar as AsyncIterable<Buffer>) parts.push(part)
  })()
  for (const { body = '', ...header } of entries) tar.entry(header, body)
  tar.finalize()
  await read
  return Buffer.concat(parts)
}

const files = { 'a.proto': 'syntax = "proto3";', 'deep/er/b.proto': 'import "a.proto";\n// ünïcode' }

test('an archive gives back the files that were put into it', async () => {
  const archive = await createProtoArchive(files)
  expect(Object.fromEntries(await readProtoArchive(archive))).toEqual(files)
  expect(Object.fromEntries(await readProtoArchive(gunzipSync(archive)))).toEqual(files)
})

test('the same files make the same archive, so that its CID stays', async () => {
  expect(await createProtoArchive(files)).toEqual(await createProtoArchive(files))
})

test('folders and files of other kinds are passed over', async () => {
  const archive = await tarOf(
    { name: 'proto', type: 'directory' },
    { name: './proto/a.proto', body: 'one' },
    { name: 'README.md', body: 'read me' },
  )
  expect(Object.fromEntries(await readProtoArchive(archive))).toEqual({ 'proto/a.proto': 'one' })
})

test.each([
  ['a way out', { name: '../a.proto', body: 'x' }, 'the file ../a.proto points outside the archive'],
  ['a way out in the middle', { name: 'x/../../a.proto', body: 'x' }, 'points outside the archive'],
  ['an absolute path', { name: '/etc/a.proto', body: 'x' }, 'the file /etc/a.proto points outside the archive'],
  [
    'a symbolic link',
    { name: 'x', type: 'symlink', linkname: '/etc/passwd' } as const,
    'unknown file type 2 in file x',
  ],
  ['a hard link', { name: 'x', type: 'link', linkname: 'y' } as const, 'unknown file type 1 in file x'],
  ['a device', { name: 'x', type: 'character-device' } as const, 'unknown file type 3 in file x'],
])('%s in an archive is refused', async (_what, entry, message) => {
  await expect(readProtoArchive(await tarOf(entry))).rejects.toThrow(message)
  await expect(readProtoArchive(gzipSync(await tarOf(entry)))).rejects.toThrow(message)
})

test('what unpacks to more than the limit is given up on the way, whatever its files are called', async () => {
  const limits = { maxBytes: 100_000, maxEntries: 10 }
  const bomb = gzipSync(await tarOf({ name: 'bomb.bin', body: Buffer.alloc(5_000_000) }))
  expect(bomb.length).toBeLessThan(10_000)
  await expect(readProtoArchive(bomb, limits)).rejects.toThrow('it is larger than 100000 bytes unpacked')
})

test('too many files are refused', async () => {
  const many = Array.from({ length: 11 }, (_none, i) => ({ name: `${i}.proto`, body: 'x' }))
  await expect(readProtoArchive(await tarOf(...many), { maxBytes: 1_000_000, maxEntries: 10 })).rejects.toThrow(
    'it holds more than 10 files and folders',
  )
})

test('a file that says it is longer than the archive is refused', async () => {
  const whole = await tarOf({ name: 'a.proto', body: 'x'.repeat(2_000) })
  await expect(readProtoArchive(whole.subarray(0, 1_024))).rejects.toThrow('the archive of proto files cannot be used')
})

test.each([
  ['damaged gzip', async () => Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6])],
  ['a gzip that ends too early', async () => (await createProtoArchive(files)).subarray(0, 40)],
  ['what is no tar', async () => Buffer.alloc(1_024, 'nonsense')],
])('%s is refused', async (_what, archive) => {
  await expect(readProtoArchive(await archive())).rejects.toThrow('the archive of proto files cannot be used')
})

test('an empty archive holds no files', async () => {
  expect(await readProtoArchive(await tarOf())).toEqual(new Map())
})
