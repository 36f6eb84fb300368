import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDataDir } from '../../../../src/daemon/data-dir/index.js'
import { openStorage, type Storage } from '../../../../src/daemon/storage/index.js'
import { channelId } from '../../../../src/shared/units.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'
import { COUNTS } from '../../../support/count-table.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

const log = quietLog()
const worker = join(import.meta.dirname, 'owner-process.ts')

/** Another process that owns the directory and, when told to, pays in a loop; its lines are what it acknowledged. */
function startOwner(...args: string[]): { child: ChildProcess; lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, ['--import', 'tsx', worker, path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

/** What is counted beside the channel was never written without it. */
const readPaid = async ({ channels, ...storage }: Storage) => {
  const authorized = (await channels.read(channelId(7n)))?.authorized
  expect(await storage.table(COUNTS).read('paid')).toBe(authorized)
  return authorized
}
const readCounted = (storage: Storage) => storage.table(COUNTS).read('calls')

test.each([
  ['payment', 'pay', 5, readPaid],
  ['change of a table', 'count', 2, readCounted],
] as const)(
  'no acknowledged %s is missing after kill -9, and the store opens at once',
  { timeout: 60_000 },
  async (_what, task, rounds, read) => {
    let last = 0n
    for (let round = 0; round < rounds; round++) {
      const { child, lines } = startOwner(task)
      for (let i = 0; i < 20 * (round + 1); i++) last = BigInt((await lines.next()).value as string)
      await kill(child)
      for (let line = await lines.next(); !line.done; line = await lines.next()) last = BigInt(line.value)
      await using dataDir = await openDataDir({ path }, { log })
      await using store = await openStorage(
        {
          type: 'embedded',
          dataDir,
          identity: { network: 'n', organization: 'o', group: 'g', mpe: 'm' },
        },
        { log },
      )
      const kept = (await read(store)) ?? 0n
      expect(kept >= last).toBe(true)
      // One more at most: the one that was durable but not yet told.
      expect(kept - last <= 1n).toBe(true)
      last = kept
    }
  },
)

test('a second daemon on the same directory is refused by the live one’s pid, also while that one is stopped', async () => {
  const { child, lines } = startOwner('own')
  await lines.next()
  const refused = { kind: 'unavailable', message: expect.stringContaining(`pid ${child.pid}`) }
  await expect(openDataDir({ path }, { log })).rejects.toMatchObject(refused)
  child.kill('SIGSTOP')
  await expect(openDataDir({ path }, { log })).rejects.toMatchObject(refused)
  await kill(child)
  await using dataDir = await openDataDir({ path }, { log })
  expect(dataDir.path).toBe(path)
})

test('of many starters at once exactly one gets the directory', { timeout: 60_000 }, async () => {
  const { child, lines } = startOwner('own')
  await lines.next()
  await kill(child)
  const opened = await Promise.allSettled(Array.from({ length: 8 }, () => startedOnce()))
  expect(opened.filter((result) => result.status === 'fulfilled' && result.value)).toHaveLength(1)
})

async function startedOnce(): Promise<boolean> {
  const { child, lines } = startOwner('own')
  const { done } = await lines.next()
  if (done) return false
  starters.push(child)
  return true
}
const starters: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(starters.splice(0).map(kill))
})

test('a path too long for a socket puts the socket elsewhere and says where', async () => {
  const deep = join(path, 'd'.repeat(120))
  {
    await using dataDir = await openDataDir({ path: deep, runtimeDir: path }, { log })
    expect(dataDir.socketPath.startsWith(join(path, 'snetd-'))).toBe(true)
    await expect(openDataDir({ path: deep, runtimeDir: path }, { log })).rejects.toThrow(`pid ${process.pid}`)
  }
  expect((await readdir(path)).filter((name) => name.endsWith('.sock'))).toEqual([])
})

test('the directory and what lies in it are for this user only', async () => {
  const inside = join(path, 'data')
  await using dataDir = await openDataDir({ path: inside }, { log })
  await using _store = await openStorage(
    {
      type: 'embedded',
      dataDir,
      identity: { network: 'n', organization: 'o', group: 'g', mpe: 'm' },
    },
    { log },
  )
  const modes = await Promise.all(
    ['', 'snetd.pid', 'snetd-store.json', 'channels', 'channels/data.mdb'].map(
      async (name) => (await stat(join(inside, name))).mode & 0o077,
    ),
  )
  expect(modes).toEqual([0, 0, 0, 0, 0])
})
