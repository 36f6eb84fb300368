import { gunzipSync, gzipSync } from 'node:zlib'
import { type Header, pack } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import type { SnetError } from '../../../src/shared/errors.js'
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

test.each([
  ['a way out', { name: '../notes.txt', body: 'x' }, 'the file ../notes.txt points outside the archive'],
  ['a folder outside', { name: '../../', type: 'directory' } as const, 'points outside the archive'],
  ['a way out as another system writes it', { name: 'x\\..\\..\\a.proto', body: 'x' }, 'points outside the archive'],
  ['a long name with a way out', { name: `${'deep/'.repeat(60)}../../a.proto`, body: 'x' }, 'points outside'],
  ['a device for blocks', { name: 'x', type: 'block-device' } as const, 'unknown file type 4 in file x'],
  ['a pipe', { name: 'x', type: 'fifo' } as const, 'unknown file type 6 in file x'],
])('%s is refused, whether it would be used or not', async (_what, entry, message) => {
  await expect(readProtoArchive(await tarOf(entry))).rejects.toThrow(message)
})

describe('what is too large', () => {
  const limits = { maxBytes: 100_000, maxEntries: 10 }

  test.each([
    ['one large file', [{ name: 'bomb.bin', body: Buffer.alloc(50_000_000) }]],
    ['one large file of protos', [{ name: 'bomb.proto', body: Buffer.alloc(50_000_000, ' ') }]],
    ['the size of a folder', [{ name: 'x/', type: 'directory', size: 50_000_000, body: undefined }] as never],
  ])('%s is given up while it unfolds', async (_what, entries: Parameters<typeof tarOf>) => {
    const whole = await tarOf(...entries)
    const bomb = gzipSync(Buffer.concat([whole, Buffer.alloc(Math.max(0, 50_000_000 - whole.length))]))
    expect(bomb.length).toBeLessThan(100_000)
    const before = process.memoryUsage().arrayBuffers
    await expect(readProtoArchive(bomb, limits)).rejects.toThrow('it is larger than 100000 bytes unpacked')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
  })

  test('a tar without gzip counts in the same way', async () => {
    const whole = await tarOf({ name: 'a.bin', body: Buffer.alloc(200_000) })
    await expect(readProtoArchive(whole, limits)).rejects.toThrow('it is larger than 100000 bytes unpacked')
  })

  test('headers count, also where every file is empty', async () => {
    const many = Array.from({ length: 300 }, (_none, i) => ({ name: `${i}.txt` }))
    await expect(readProtoArchive(await tarOf(...many), { ...limits, maxEntries: 1_000 })).rejects.toThrow(
      'it is larger than 100000 bytes unpacked',
    )
  })

  test('too many files are refused, protos or not', async () => {
    for (const ending of ['proto', 'txt']) {
      const many = Array.from({ length: 11 }, (_none, i) => ({ name: `${i}.${ending}`, body: 'x' }))
      await expect(readProtoArchive(await tarOf(...many), limits)).rejects.toThrow(
        'it holds more than 10 files and folders',
      )
    }
  })
})

test('the comment that git writes into an archive is passed over', async () => {
  const archive = await tarOf(
    { name: 'pax_global_header', type: 'pax-global-header', pax: { comment: 'a commit' } } as never,
    { name: 'a.proto', body: 'one' },
  )
  expect(Object.fromEntries(await readProtoArchive(archive))).toEqual({ 'a.proto': 'one' })
})

test('a long name is read whole', async () => {
  const name = `${'folder/'.repeat(40)}a.proto`
  expect([...(await readProtoArchive(await tarOf({ name, body: 'x' }))).keys()]).toEqual([name])
})

test.each([
  ['within its first header', 300],
  ['within a file', 1_024],
  ['within the padding of a file', 512 + 2_100],
  ['within a later header', 512 + 2_048 + 100],
])('an archive that ends %s is refused', async (_what, length) => {
  const whole = await tarOf({ name: 'a.proto', body: 'x'.repeat(2_000) }, { name: 'b.proto', body: 'y' })
  const { kind, message, hint } = await readProtoArchive(whole.subarray(0, length)).then(
    () => expect.fail('it was read'),
    (fault: SnetError) => fault,
  )
  expect(kind).toBe('invalid-config')
  expect(message).toContain('the archive of proto files cannot be used: ')
  expect(hint).toBe('Publish the proto files of the service as a tar or tar.gz archive.')
})

test.each([
  ['damaged gzip', async () => Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6])],
  ['a gzip that ends too early', async () => (await createProtoArchive(files)).subarray(0, 40)],
  ['what is no tar', async () => Buffer.alloc(1_024, 'nonsense')],
])('%s is refused', async (_what, archive) => {
  await expect(readProtoArchive(await archive())).rejects.toThrow('the archive of proto files cannot be used')
})

test.each([
  ['nothing', async () => await tarOf()],
  ['nothing but zeros', async () => Buffer.alloc(10_240)],
  ['nothing at all', async () => Buffer.alloc(0)],
  [
    'other files only',
    async () => await tarOf({ name: 'README.md', body: 'read me' }, { name: 'x.proto.bak', body: 'x' }),
  ],
  ['attributes of macOS only', async () => await tarOf({ name: '._a.proto', body: 'x' })],
])('an archive that holds %s is told as one without proto files', async (_what, archive) => {
  await expect(readProtoArchive(await archive())).rejects.toMatchObject({
    kind: 'not-found',
    message: 'the archive that the service publishes holds no proto files',
  })
})

const APPLE_DOUBLE = Buffer.from('0005160700020000', 'hex')

test('the attributes that macOS puts beside each file are no proto files', async () => {
  const archive = await tarOf(
    { name: './._spec', body: APPLE_DOUBLE },
    { name: 'spec/._a.proto', body: APPLE_DOUBLE },
    { name: 'spec/a.proto', body: 'one' },
    { name: '__MACOSX/spec/a.proto', body: APPLE_DOUBLE },
  )
  expect(Object.fromEntries(await readProtoArchive(archive))).toEqual({ 'spec/a.proto': 'one' })
})

/** The headers as tar wrote them before POSIX: no mark, no prefix; a folder is a name that ends with a slash. */
function asV7(tar: Buffer, headers: readonly number[]): Buffer {
  for (const at of headers) {
    tar.fill(0, at + 257, at + 512)
    if (tar[at + 156] === 0x35) tar[at + 156] = 0
    tar.fill(' ', at + 148, at + 156)
    const sum = tar.subarray(at, at + 512).reduce((total, byte) => total + byte, 0)
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148)
  }
  return tar
}

test('an archive in the format before POSIX is read', async () => {
  const tar = await tarOf({ name: 'spec.proto/', type: 'directory' }, { name: 'spec.proto/a.proto', body: 'one' })
  expect(Object.fromEntries(await readProtoArchive(asV7(tar, [0, 512])))).toEqual({ 'spec.proto/a.proto': 'one' })
})

test('a folder with a size has no bytes, whatever it says', { timeout: 5_000 }, async () => {
  const folder = { name: 'x/', type: 'directory', size: 5, body: undefined } as never
  const file = await tarOf({ name: 'a.proto', body: 'one' })
  const header = (await tarOf(folder)).subarray(0, 512)
  expect(Object.fromEntries(await readProtoArchive(Buffer.concat([header, file])))).toEqual({ 'a.proto': 'one' })
  const bytes = Buffer.concat([Buffer.from('hello'), Buffer.alloc(507)])
  await expect(readProtoArchive(Buffer.concat([header, bytes, file]))).rejects.toMatchObject({ kind: 'invalid-config' })
})
