import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, open, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { beforeEach, describe, expect, test } from 'vitest'
import { logFiles } from '../../../../src/daemon/infra/logs/files.js'
import { uploadLogs } from '../../../../src/daemon/infra/logs/index.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { tempDir } from '../../../support/temp-dir.js'

let root = ''
let directory = ''
beforeEach(async () => {
  const temp = await tempDir()
  root = temp.path
  directory = join(root, 'logs')
  await mkdir(directory)
  for (const name of ['a', 'b', 'c', 'd', 'e']) await writeFile(join(directory, `${name}.log`), name.repeat(1000))
  return temp.remove
})

const place = { folder: '1', name: 'n' }
const up = () => join(root, 'up')
const faultOf = (upload: Promise<unknown>): Promise<SnetError> =>
  upload.then(
    () => {
      throw new Error('it was taken')
    },
    (thrown: unknown) => thrown as SnetError,
  )
/** A file of more bytes than are taken, which takes no place on the disk. */
const tooLarge = async (name: string): Promise<void> => {
  await using handle = await open(join(directory, name), 'w')
  await handle.truncate(1024 ** 3 + 1)
}
const namesIn = async (archive: string): Promise<string[]> => {
  const tar = extract()
  tar.end(gunzipSync(await readFile(archive)))
  const names: string[] = []
  for await (const entry of tar) {
    await buffer(entry)
    names.push(entry.header.name)
  }
  return names
}

describe('a file that cannot be taken keeps no other back, and is named', () => {
  beforeEach(() => tooLarge('b.log'))
  const message =
    '4 log files were taken, and these were not: b.log: it has 1073741825 bytes, at most 1073741824 are taken'

  test('on the way to a directory', async () => {
    const fault = await faultOf(uploadLogs({ directory, target: up() }, place))
    expect([fault.kind, fault.message]).toEqual(['wrong-state', message])
    expect(await readdir(join(up(), 'test-run-1', 'n'))).toEqual(['a.log', 'c.log', 'd.log', 'e.log'])
  })

  test('on the way to an archive, which holds the others', async () => {
    const fault = await faultOf(uploadLogs({ directory, target: join(up(), 'x.tar.gz') }, place))
    expect(fault.message).toBe(message)
    expect(await namesIn(join(up(), 'x-1-n.tar.gz'))).toEqual(
      ['a', 'c', 'd', 'e'].map((name) => `test-run-1/n/${name}.log`),
    )
  })
})

test('a store that takes nothing is given up after the third file', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked++
    response.writeHead(507).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const fault = await faultOf(uploadLogs({ directory, target: `http://127.0.0.1:${port}/` }, place))
  server.close().closeAllConnections()
  expect([fault.kind, asked]).toEqual(['upstream-failed', 3])
  expect(fault.message).toContain('0 log files were taken, and these were not: a.log: the log store at 127.0.0.1')
})

test('a store that goes over to another protocol has taken nothing', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(101, { connection: 'upgrade', upgrade: 'x' }).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const fault = await faultOf(uploadLogs({ directory, target: `http://127.0.0.1:${port}/` }, place))
  server.close().closeAllConnections()
  expect(fault.kind).toBe('upstream-failed')
  expect(fault.message).toContain('a.log: the log store at 127.0.0.1')
  expect(fault.message).toContain('answers 101')
})

test('a store that refuses before it has read everything is quoted, not called unreachable', async () => {
  await writeFile(join(directory, 'a.log'), Buffer.alloc(30_000_000))
  const server = createServer((request, response) => {
    response.writeHead(413, { connection: 'close' }).end(() => request.socket.destroySoon())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const fault = await faultOf(uploadLogs({ directory, target: `http://127.0.0.1:${port}/` }, place))
  server.close().closeAllConnections()
  expect(fault.message).toContain('a.log: the log store at 127.0.0.1')
  expect(fault.message).toContain('answers 413')
})

test('a file that is cut while it is read is no file that was taken', async () => {
  const [file] = await logFiles(directory)
  await using source = await file?.open()
  await truncate(join(directory, 'a.log'), 10)
  await expect(source && text(source.stream())).rejects.toThrow('it was cut from 1000 to 10 bytes while it was read')
})

test('a file that grows is taken as it was', async () => {
  const [file] = await logFiles(directory)
  await using source = await file?.open()
  await writeFile(join(directory, 'a.log'), 'x'.repeat(5), { flag: 'a' })
  expect(source && (await text(source.stream()))).toBe('a'.repeat(1000))
})

test('a link in the place of a file that was listed is not followed', async () => {
  const [file] = await logFiles(directory)
  await writeFile(join(root, 'secret'), 'of somebody else')
  await rm(join(directory, 'a.log'))
  await symlink(join(root, 'secret'), join(directory, 'a.log'))
  expect(await file?.open()).toBeUndefined()
})

test('uploads of one name at once are whole, each of them, and leave nothing else', async () => {
  const target = join(up(), 'x.tar.gz')
  await Promise.all(Array.from({ length: 8 }, () => uploadLogs({ directory, target }, place)))
  expect(await readdir(up())).toEqual(['x-1-n.tar.gz'])
  expect(await namesIn(join(up(), 'x-1-n.tar.gz'))).toHaveLength(5)
})

test('a caller who has gone stops the upload, and nothing half is left', async () => {
  const over = new AbortController()
  const gone = new SnetError('cancelled', 'the client has gone')
  over.abort(gone)
  for (const target of [up(), join(up(), 'x.tar.gz'), 'http://127.0.0.1:1/'])
    await expect(uploadLogs({ directory, target }, place, over.signal)).rejects.toBe(gone)
  expect(await readdir(up(), { recursive: true })).toEqual(['test-run-1', join('test-run-1', 'n')])
})

test('a target may be written as a file URL', async () => {
  const { count } = await uploadLogs({ directory, target: pathToFileURL(up()).href }, place)
  const { links } = await uploadLogs({ directory, target: pathToFileURL(join(up(), 'x.TAR.GZ')).href }, place)
  expect([count, links]).toEqual([5, [pathToFileURL(join(up(), 'x-1-n.tar.gz')).href]])
})
