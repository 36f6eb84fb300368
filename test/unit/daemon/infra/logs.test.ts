import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { beforeEach, describe, expect, test } from 'vitest'
import { uploadLogs } from '../../../../src/daemon/infra/logs/index.js'
import { tempDir } from '../../../support/temp-dir.js'

let root = ''
let directory = ''
beforeEach(async () => {
  const temp = await tempDir()
  root = temp.path
  directory = join(root, 'logs')
  await mkdir(join(directory, 'below'), { recursive: true })
  await writeFile(join(root, 'secret'), 'of somebody else')
  await writeFile(join(directory, 'a.log'), 'first')
  await writeFile(join(directory, 'empty.log'), '')
  await writeFile(join(directory, 'z ü.log'), 'last')
  await writeFile(join(directory, 'below', 'c.log'), 'deeper')
  await symlink(join(root, 'secret'), join(directory, 'link.log'))
  return temp.remove
})

const FILES = ['a.log', 'empty.log', 'z ü.log']
const place = { folder: '1700000000', name: 'node-1' }

async function startStore(answer = 200) {
  const puts: { method?: string; url?: string; authorization?: string; body: string }[] = []
  const server = createServer((request: IncomingMessage, response) => {
    void text(request).then((body) => {
      const { method, url, headers } = request
      puts.push({
        body,
        ...(method && { method }),
        ...(url && { url }),
        ...(headers.authorization && { authorization: headers.authorization }),
      })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    puts,
    port,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

describe('logs go', () => {
  test('into a directory, the regular files and no link', async () => {
    const target = join(root, 'up')
    const { count, links } = await uploadLogs({ directory, target }, place)
    const folder = join(target, 'test-run-1700000000', 'node-1')
    expect((await readdir(folder)).sort()).toEqual(FILES)
    expect(await readFile(join(folder, 'a.log'), 'utf8')).toBe('first')
    expect(count).toBe(3)
    expect(links).toEqual(FILES.map((file) => pathToFileURL(join(folder, file)).href))
  })

  test('into an archive of its own for each upload', async () => {
    const target = join(root, 'up', 'logs.tar.gz')
    const { count, links } = await uploadLogs({ directory, target }, place)
    await uploadLogs({ directory, target }, { ...place, name: 'node-2' })
    expect((await readdir(join(root, 'up'))).sort()).toEqual([
      'logs-1700000000-node-1.tar.gz',
      'logs-1700000000-node-2.tar.gz',
    ])
    expect([count, links.length]).toEqual([3, 1])
    const tar = extract()
    tar.end(gunzipSync(await readFile(new URL(links[0] ?? ''))))
    const entries: [string, string][] = []
    for await (const entry of tar) entries.push([entry.header.name, (await buffer(entry)).toString()])
    expect(entries).toEqual([
      ['test-run-1700000000/node-1/a.log', 'first'],
      ['test-run-1700000000/node-1/empty.log', ''],
      ['test-run-1700000000/node-1/z ü.log', 'last'],
    ])
  })

  test('by PUT, with the credentials of the URL and without them in any link', async () => {
    await using store = await startStore()
    const target = `http://me:pw@127.0.0.1:${store.port}/base/?sig=1`
    const { count, links } = await uploadLogs({ directory, target }, place)
    const base = '/base/test-run-1700000000/node-1'
    const authorization = `Basic ${Buffer.from('me:pw').toString('base64')}`
    expect(store.puts).toEqual([
      { method: 'PUT', url: `${base}/a.log?sig=1`, authorization, body: 'first' },
      { method: 'PUT', url: `${base}/empty.log?sig=1`, authorization, body: '' },
      { method: 'PUT', url: `${base}/z%20%C3%BC.log?sig=1`, authorization, body: 'last' },
    ])
    expect([count, links[0]]).toEqual([3, `http://127.0.0.1:${store.port}${base}/a.log`])
  })

  test('nowhere when the store refuses them, and it is named without credentials', async () => {
    await using store = await startStore(403)
    const target = `http://me:pw@127.0.0.1:${store.port}/`
    const failed = await uploadLogs({ directory, target }, place).catch((error: unknown) => error as Error)
    const each = `the log store at 127.0.0.1:${store.port} answers 403`
    expect(failed).toMatchObject({
      kind: 'upstream-failed',
      message: `0 log files were taken, and these were not: ${FILES.map((file) => `${file}: ${each}`).join('; ')}`,
    })
  })
})

describe('names that lead elsewhere are refused', () => {
  test.each(['..', '../x', '/etc', 'a/b', '.hidden', 'a\\b', 'a\0', 'x'.repeat(129), ' '])('%j', async (bad) => {
    const target = join(root, 'up')
    for (const asked of [
      { ...place, folder: bad },
      { ...place, name: bad },
    ])
      await expect(uploadLogs({ directory, target }, asked)).rejects.toMatchObject({ kind: 'invalid-request' })
    expect(await readdir(root)).not.toContain('up')
  })
})

test('the first controllers named nothing: time and host do', async () => {
  const { links } = await uploadLogs({ directory, target: join(root, 'up') }, { folder: '', name: '' })
  expect(links[0]).toMatch(/\/up\/test-run-\d{10}\/[^/]+\/a\.log$/)
})

test('what is not set, or cannot be read, is named', async () => {
  const set = { directory, target: join(root, 'up') }
  await expect(uploadLogs({ ...set, target: undefined }, place)).rejects.toThrow('infra_log_target is not set')
  await expect(uploadLogs({ ...set, directory: join(root, 'none') }, place)).rejects.toMatchObject({
    kind: 'unavailable',
  })
  await expect(uploadLogs({ ...set, target: join(root, 'secret', 'x') }, place)).rejects.toMatchObject({
    kind: 'unavailable',
  })
})

test('a second name of a file is taken as a file', async () => {
  await link(join(directory, 'a.log'), join(directory, 'b.log'))
  expect((await uploadLogs({ directory, target: join(root, 'up') }, place)).count).toBe(4)
})
