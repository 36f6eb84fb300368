import { beforeEach, describe, expect, test } from 'vitest'
import type { ChannelStore } from '../../../../src/daemon/payments/ports.js'
import { openStorage, type Storage } from '../../../../src/daemon/storage/index.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { type ChannelId, channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { aClaim, aRecord } from '../../../support/channel-builders.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'

const identity = { network: 'local', organization: 'org', group: 'q6s=', mpe: '0xee' }
const seven = channelId(7n)

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

const openStore = (type: 'memory' | 'embedded'): Promise<Storage> =>
  openStorage({ type, dataDir: { path }, identity: { ...identity, backend: type } }, { log: quietLog() })

/** One committed call that adds `price` to whatever is authorised. */
async function payOnce(channels: ChannelStore, id: ChannelId = seven, price = 5n): Promise<void> {
  await using hold = await channels.hold(id)
  await hold.commit({
    channel: aRecord({ ...hold.record, id, authorized: cogs((hold.record?.authorized ?? 0n) + price) }),
  })
}

const authorized = async (channels: ChannelStore, id: ChannelId = seven) => (await channels.read(id))?.authorized

describe.each(['memory', 'embedded'] as const)('the %s store', (type) => {
  test('knows nothing at first', async () => {
    await using store = await openStore(type)
    expect(await store.channels.read(seven)).toBeUndefined()
    expect(await store.channels.readClaim(seven, channelNonce(3n))).toBeUndefined()
  })

  test('returns every field of a committed record as it was', async () => {
    await using store = await openStore(type)
    const record = aRecord({
      authorized: cogs(2n ** 256n - 1n),
      value: cogs(2n ** 200n),
      signature: new Uint8Array(65).fill(7),
    })
    {
      await using hold = await store.channels.hold(seven)
      expect(hold.record).toBeUndefined()
      await hold.commit({ channel: record })
    }
    const read = await store.channels.read(seven)
    expect({ ...read, signature: [...(read?.signature ?? [])] }).toEqual({
      ...record,
      signature: [...record.signature],
    })
    await using next = await store.channels.hold(seven)
    expect(next.record?.authorized).toBe(record.authorized)
  })

  test('a channel sold twice at once is sold once', async () => {
    await using store = await openStore(type)
    const results = await Promise.allSettled([payOnce(store.channels), payOnce(store.channels)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(refused.reason).toMatchObject({
      kind: 'channel-busy',
      message: 'another transaction on channel: {ID: 7} is in progress',
    })
    expect(await authorized(store.channels)).toBe(5n)
  })

  test('a hold left without commit changes nothing and frees the channel', async () => {
    await using store = await openStore(type)
    await payOnce(store.channels)
    {
      await using _hold = await store.channels.hold(seven)
    }
    await payOnce(store.channels)
    expect(await authorized(store.channels)).toBe(10n)
  })

  test('releasing a hold twice does not free the next holder’s', async () => {
    await using store = await openStore(type)
    const first = await store.channels.hold(seven)
    await first[Symbol.asyncDispose]()
    await using _second = await store.channels.hold(seven)
    await first[Symbol.asyncDispose]()
    await expect(store.channels.hold(seven)).rejects.toThrow('is in progress')
  })

  test('a hold commits once', async () => {
    await using store = await openStore(type)
    await using hold = await store.channels.hold(seven)
    await hold.commit({ channel: aRecord() })
    await expect(hold.commit({ channel: aRecord({ authorized: cogs(9n) }) })).rejects.toMatchObject({ kind: 'bug' })
    expect(await authorized(store.channels)).toBe(0n)
  })

  test('the channel stays held until a commit under way is settled', async () => {
    await using store = await openStore(type)
    const hold = await store.channels.hold(seven)
    const commit = hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })
    const released = hold[Symbol.asyncDispose]()
    await expect(store.channels.hold(seven)).rejects.toThrow('is in progress')
    await Promise.all([commit, released])
    await using next = await store.channels.hold(seven)
    expect(next.record?.authorized).toBe(5n)
  })

  test('a claim and the channel’s next nonce are stored together', async () => {
    await using store = await openStore(type)
    {
      await using hold = await store.channels.hold(seven)
      await hold.commit({ channel: aRecord({ nonce: channelNonce(4n) }), claim: aClaim() })
    }
    expect((await store.channels.read(seven))?.nonce).toBe(4n)
    expect((await store.channels.readClaim(seven, channelNonce(3n)))?.amount).toBe(10n)
  })

  test('many channels move at once without touching each other', async () => {
    await using store = await openStore(type)
    const ids = Array.from({ length: 50 }, (_, i) => channelId(BigInt(i)))
    await Promise.all(ids.map((id) => payOnce(store.channels, id, id + 1n)))
    await Promise.all(ids.map((id) => payOnce(store.channels, id, id + 1n)))
    for (const id of ids) expect(await authorized(store.channels, id)).toBe(2n * (id + 1n))
  })

  test('an aborted caller takes no hold', async () => {
    await using store = await openStore(type)
    const reason = new SnetError('cancelled', 'the client went away')
    await expect(store.channels.hold(seven, AbortSignal.abort(reason))).rejects.toBe(reason)
    await payOnce(store.channels)
  })

  test('closing finishes commits under way, loses the other holds and takes no new one', async () => {
    const store = await openStore(type)
    const held = await store.channels.hold(channelId(1n))
    const committing = await store.channels.hold(channelId(2n))
    const commit = committing.commit({ channel: aRecord({ id: channelId(2n) }) })
    await store[Symbol.asyncDispose]()
    await commit
    expect(held.lost.aborted).toBe(true)
    await expect(held.commit({ channel: aRecord({ id: channelId(1n) }) })).rejects.toMatchObject({
      kind: 'unavailable',
    })
    await expect(store.channels.hold(seven)).rejects.toMatchObject({ kind: 'unavailable' })
  })
})

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
    const changed = { ...identity, backend: 'embedded' as const, ...change }
    const opening = openStorage({ type: changed.backend, dataDir: { path }, identity: changed }, { log: quietLog() })
    await expect(opening).rejects.toMatchObject({
      kind: 'invalid-config',
      hint: expect.stringContaining('snetd storage copy'),
    })
    await using same = await openStore('embedded')
    expect(await authorized(same.channels)).toBe(5n)
  })

  test('takes a new identity while it is empty', async () => {
    await (await openStore('embedded'))[Symbol.asyncDispose]()
    await using memory = await openStore('memory')
    await payOnce(memory.channels)
  })
})
