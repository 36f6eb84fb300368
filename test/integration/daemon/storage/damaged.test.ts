import { copyFile, cp, mkdir, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openInfraStore } from '../../../../src/daemon/infra/store/index.js'
import { openStorage, type Storage } from '../../../../src/daemon/storage/index.js'
import type { SnetError } from '../../../../src/shared/errors.js'
import { type ChannelId, channelId, cogs } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { aCid, aReceived } from '../../../support/infra-builders.js'
import { quietLog } from '../../../support/quiet-log.js'
import { type TempDir, tempDir } from '../../../support/temp-dir.js'

const CHANNELS = 150
const PAGE = 4096
const identity = { network: 'n', organization: 'o', group: 'g', mpe: 'm' }

let temp: TempDir
/** Closed as they should be: `young` after its first owner, `old` after its second. */
let [young, old, infra] = ['', '', '']
beforeAll(async () => {
  temp = await tempDir()
  ;[young, old, infra] = ['young', 'old', 'infra-old'].map((name) => join(temp.path, name)) as [string, string, string]
  await mkdir(young)
  await payAll(young, 5n)
  await cp(young, old, { recursive: true })
  await payAll(old, 7n)
  await using store = await openInfraStore(infra)
  await Promise.all(
    Array.from({ length: 300 }, (_, i) => store.putReceived(aReceived({ cid: aCid(`m-${i}`), run: 'r' }))),
  )
})
afterAll(() => temp?.remove())

let path: string
let count = 0
beforeEach(() => {
  path = join(temp.path, `case-${count++}`)
})

const openStore = (directory = path, type: 'memory' | 'embedded' = 'embedded'): Promise<Storage> =>
  openStorage({ type, dataDir: { path: directory }, identity }, { log: quietLog() })

/** In several transactions, so that pages are freed and taken again. */
async function payAll(directory: string, authorized: bigint): Promise<void> {
  await using store = await openStore(directory)
  for (let round = 0; round < 3; round++)
    await Promise.all(
      Array.from({ length: CHANNELS }, async (_, i) => {
        await using hold = await store.channels.hold(channelId(BigInt(i)))
        const channel = aRecord({
          id: channelId(BigInt(i)),
          authorized: cogs(authorized),
          signature: new Uint8Array(65),
        })
        await hold.commit({ channel })
      }),
    )
}

const refusal = async (opening: Promise<AsyncDisposable>): Promise<SnetError> => {
  try {
    await (await opening)[Symbol.asyncDispose]()
  } catch (fault) {
    return fault as SnetError
  }
  return expect.fail('it was opened')
}

const overwrite = async (file: string, at: number, bytes: Buffer): Promise<void> => {
  const opened = await open(file, 'r+')
  await opened.write(bytes, 0, bytes.length, at)
  await opened.close()
}

const sizeOf = async (file: string): Promise<number> => (await readFile(file)).length
const data = (directory: string): string => join(directory, 'channels', 'data.mdb')

test('a store that was closed opens, with all that was paid', async () => {
  await using store = await openStore(old)
  expect(await store.count()).toBe(CHANNELS)
})

describe('a store that is missing beside its marker is refused', () => {
  const gone: [name: string, lose: () => Promise<void>][] = [
    ['emptied', () => truncate(data(path), 0)],
    ['removed', () => rm(data(path))],
    ['removed with its folder', () => rm(join(path, 'channels'), { recursive: true })],
  ]
  test.each(gone)('%s', async (_name, lose) => {
    await cp(old, path, { recursive: true })
    await lose()
    for (const type of ['embedded', 'memory', 'embedded'] as const) {
      expect(await refusal(openStore(path, type))).toMatchObject({
        kind: 'storage-failed',
        message: `the payment store in ${path} is gone: its files are missing or empty`,
        hint: expect.stringMatching(/backup of channels\/ .*remove .*snetd-store\.json/s) as string,
      })
    }
  })

  test('replaced by one that is older, or new', async () => {
    await cp(old, path, { recursive: true })
    await copyFile(data(young), data(path))
    const refused = { kind: 'storage-failed', hint: expect.stringContaining('buy again') as string }
    const message = (times: number) => `the payment store in ${path} was opened ${times} times, but its marker counts `
    const older = await refusal(openStore())
    expect(older).toMatchObject(refused)
    expect(older.message).toContain(message(1))
    await rm(join(path, 'channels'), { recursive: true })
    await mkdir(`${path}-new`)
    await (await openStore(`${path}-new`, 'memory'))[Symbol.asyncDispose]()
    await cp(join(infra, 'infra'), join(path, 'channels'), { recursive: true })
    expect((await refusal(openStore())).message).toContain(message(0))
  })

  test('and opens again once a backup is back, or the marker was removed', async () => {
    await cp(old, path, { recursive: true })
    await rm(data(path))
    await refusal(openStore())
    await copyFile(data(old), data(path))
    await (await openStore())[Symbol.asyncDispose]()
    await rm(join(path, 'channels'), { recursive: true })
    await rm(join(path, 'snetd-store.json'))
    await using store = await openStore()
    expect(await store.count()).toBe(0)
  })
})

describe('a file that was cut or spoilt is refused before it is mapped', () => {
  const spoilt: [name: string, spoil: (file: string) => Promise<void>, text: RegExp][] = [
    ['cut within its first page', (file) => truncate(file, 2000), /cut off/],
    ['cut within its second head', (file) => truncate(file, PAGE + 100), /cut off/],
    ['cut behind its heads', (file) => truncate(file, 2 * PAGE), /cut off/],
    ['cut in the middle', async (file) => truncate(file, 2 * PAGE + ((await sizeOf(file)) >> 1)), /cut off/],
    ['with heads of zeros', (file) => overwrite(file, 0, Buffer.alloc(2 * PAGE)), /no head/],
    ['with a first head of ones', (file) => overwrite(file, 40, Buffer.alloc(200, 255)), /head/],
    ['with a second head of ones', (file) => overwrite(file, PAGE + 40, Buffer.alloc(200, 255)), /head/],
    [
      'with noise behind its heads',
      async (file) => overwrite(file, 2 * PAGE, Buffer.alloc((await sizeOf(file)) - 2 * PAGE, 0xa5)),
      /page \d+/,
    ],
    ['that is no store at all', (file) => writeFile(file, 'nothing of the kind'.repeat(1000)), /head/],
  ]
  test.each(spoilt)('of payments: %s', async (_name, spoil, text) => {
    await cp(old, path, { recursive: true })
    await spoil(data(path))
    const refused = await refusal(openStore())
    expect(refused.message).toMatch(text)
    expect(refused).toMatchObject({
      kind: 'storage-failed',
      message: expect.stringContaining(`the embedded store in ${join(path, 'channels')} is damaged: `) as string,
      hint: expect.stringContaining('put the newest backup of') as string,
    })
  })

  test.each(spoilt)('of the control daemon: %s', async (_name, spoil, text) => {
    await cp(infra, path, { recursive: true })
    await spoil(join(path, 'infra', 'data.mdb'))
    const refused = await refusal(openInfraStore(path))
    expect(refused.message).toMatch(text)
    expect(refused).toMatchObject({
      kind: 'storage-failed',
      message: expect.stringContaining(`the embedded store in ${join(path, 'infra')} is damaged: `) as string,
      hint: expect.stringContaining('Put a backup of it in its place') as string,
    })
  })

  test('a lock file of noise, or none, is no damage', async () => {
    await cp(old, path, { recursive: true })
    await writeFile(join(path, 'channels', 'lock.mdb'), Buffer.alloc(8192, 0xa5))
    await (await openStore())[Symbol.asyncDispose]()
    await rm(join(path, 'channels', 'lock.mdb'))
    await using store = await openStore()
    expect(await store.count()).toBe(CHANNELS)
  })

  test('a file that cannot be one is an error like any other', async () => {
    await cp(old, path, { recursive: true })
    await rm(join(path, 'channels', 'lock.mdb'))
    await mkdir(join(path, 'channels', 'lock.mdb'))
    expect(await refusal(openStore())).toMatchObject({
      kind: 'storage-failed',
      message: expect.stringContaining('EISDIR') as string,
    })
  })
})

async function payOrFail({ channels }: Storage, id: ChannelId): Promise<void> {
  try {
    await using hold = await channels.hold(id)
    await hold.commit({ channel: aRecord({ id, authorized: cogs(9n) }) })
  } catch (fault) {
    expect((fault as SnetError).kind).toBe('storage-failed')
  }
}

test('whatever is spoilt where, the process lives: it is refused, or every record reads and writes', async () => {
  const whole = await readFile(data(old))
  const damage = fc.record({
    at: fc.oneof(fc.nat(2 * PAGE), fc.nat(whole.length - 1)),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 2 * PAGE })).map(([byte, n]) => new Uint8Array(n).fill(byte)),
    ),
  })
  let [refused, opened] = [0, 0]
  await cp(old, path, { recursive: true })
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), fc.boolean(), async (damages, isCut) => {
      const file = Buffer.from(whole)
      for (const { at, bytes } of damages) file.set(bytes.subarray(0, file.length - at), at)
      await writeFile(data(path), isCut ? file.subarray(0, damages[0]?.at) : file)
      await copyFile(join(old, 'snetd-store.json'), join(path, 'snetd-store.json'))
      const outcome = await openStore().catch((fault: SnetError) => fault)
      if (!('channels' in outcome)) {
        expect(outcome.kind).toBe('storage-failed')
        refused++
        return
      }
      opened++
      await Promise.all(Array.from({ length: CHANNELS }, (_, i) => payOrFail(outcome, channelId(BigInt(i)))))
      await outcome[Symbol.asyncDispose]()
    }),
    { numRuns: 100 },
  )
  expect(Math.min(refused, opened)).toBeGreaterThan(10)
})
