import { beforeEach, describe, expect, test } from 'vitest'
import { openStorage, type Storage, type StorageConfig } from '../../../../src/daemon/storage/index.js'
import { channelId, cogs } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'
import { authorized, payOnce, type StorageBackend, testChannelStore } from './channel-store-contract.js'
import { testHolds } from './holds-contract.js'
import { testTables } from './table-contract.js'
import { COUNTS, raise } from '../../../support/count-table.js'

const identity = { network: 'local', organization: 'org', group: 'q6s=', mpe: '0xee' }
const seven = channelId(7n)

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

const openStore = (type: 'memory' | 'embedded', changes: Partial<StorageConfig['identity']> = {}): Promise<Storage> =>
  openStorage({ type, dataDir: { path }, identity: { ...identity, ...changes } }, { log: quietLog() })

const backends: Record<string, StorageBackend> = {
  memory: { open: () => openStore('memory'), kill: undefined, lose: undefined },
  embedded: {
    open: () => openStore('embedded'),
    // A later process finds what is on disk; the holds of the first were in its memory.
    kill: async () => undefined,
    lose: () => openStore('embedded'),
  },
}
for (const [name, backend] of Object.entries(backends)) {
  testChannelStore(name, backend)
  testTables(name, backend)
  testHolds(name, backend)
}

describe('the embedded store', () => {
  test('keeps what was committed when it is closed and opened again', async () => {
    {
      await using store = await openStore('embedded')
      await payOnce(store.channels)
    }
    await using again = await openStore('embedded')
    expect(await authorized(again.channels)).toBe(5n)
  })

  test('whoever was replaced as owner can commit nothing and loses its holds', async () => {
    await using first = await openStore('embedded')
    const hold = await first.channels.hold(seven)
    await using second = await openStore('embedded')
    await expect(hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'another daemon took over the store of this one',
    })
    expect(hold.lost.aborted).toBe(true)
    await expect(first.channels.hold(channelId(8n))).rejects.toThrow('took over')
    await payOnce(second.channels)
    expect(await authorized(second.channels)).toBe(5n)
  })

  test.each([
    ['another network', { network: 'sepolia' }],
    ['another organisation', { organization: 'other' }],
    ['another group', { group: 'AAA=' }],
    ['another escrow contract', { mpe: '0xff' }],
    ['another backend', { backend: 'memory' as const }],
  ])('with payments in it refuses to start for %s', async (_name, change) => {
    {
      await using store = await openStore('embedded')
      await payOnce(store.channels)
    }
    const { backend = 'embedded', ...changed } = { backend: undefined, ...change }
    const opening = openStore(backend, changed)
    await expect(opening).rejects.toMatchObject({
      kind: 'invalid-config',
      hint: expect.stringContaining('snetd storage copy'),
    })
    await using same = await openStore('embedded')
    expect(await authorized(same.channels)).toBe(5n)
  })

  test('refuses another identity also when it holds rows of tables alone', async () => {
    {
      await using store = await openStore('embedded')
      await raise(store.table(COUNTS), 'a')
    }
    await expect(openStore('embedded', { network: 'sepolia' })).rejects.toMatchObject({ kind: 'invalid-config' })
  })

  test('takes a new identity while it is empty', async () => {
    await (await openStore('embedded'))[Symbol.asyncDispose]()
    await using memory = await openStore('memory')
    await payOnce(memory.channels)
  })
})
