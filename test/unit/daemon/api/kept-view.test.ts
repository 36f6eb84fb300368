import { expect, test } from 'vitest'
import { listChannels, listClaims, unlockChannel } from '../../../../src/daemon/api/kept-view.js'
import { createMemoryRecords } from '../../../../src/daemon/storage/memory/memory-records.js'
import { OwnedChannels } from '../../../../src/daemon/storage/owned-channels.js'
import { channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { aClaim, aRecord, sender, signer } from '../../../support/channel-builders.js'

async function aStore(): Promise<OwnedChannels> {
  const store = new OwnedChannels(createMemoryRecords())
  await using hold = await store.hold(channelId(7n))
  await hold.commit({
    channel: aRecord({ nonce: channelNonce(4n), authorized: cogs(2n ** 256n - 1n) }),
    claim: aClaim({ sendback: true }),
  })
  return store
}

test('a channel is told with all that is kept of it, and a claim with its signature', async () => {
  const store = await aStore()
  const [told] = (await listChannels(store, {})).channels ?? []
  expect(told).toMatchObject({ channel: '7', nonce: '4', sender, signer, authorized: String(2n ** 256n - 1n) })
  expect(told?.hold).toBeUndefined()
  expect(await listClaims(store)).toEqual({
    claims: [{ channel: '7', nonce: '3', amount: '10', sendback: true, signature: Buffer.from(aClaim().signature) }],
    more: false,
  })
})

test('who keeps a channel busy is told, also of one of which nothing is kept yet', async () => {
  const store = await aStore()
  const before = Date.now()
  await using _seven = await store.hold(channelId(7n), undefined, 0, 'a call of /a.B/c')
  await using _eight = await store.hold(channelId(8n))
  const { channels = [] } = await listChannels(store, {})
  expect(channels.map(({ channel, hold }) => [channel, hold?.by])).toEqual([
    ['7', 'a call of /a.B/c'],
    ['8', 'this daemon'],
  ])
  expect(Number(channels[0]?.hold?.since)).toBeGreaterThanOrEqual(before)
  expect((await listChannels(store, { channel: '8' })).channels).toHaveLength(1)
  expect((await listChannels(store, { channel: '9' })).channels).toEqual([])
})

test('a live hold is ended only by force: its call is cancelled, and the channel free', async () => {
  const store = await aStore()
  const hold = await store.hold(channelId(7n), undefined, 0, 'a call of /a.B/c')
  await expect(unlockChannel(store, { channel: '7' })).rejects.toMatchObject({
    kind: 'channel-busy',
    message: expect.stringMatching(/^channel \{ID: 7\} is held by a call of \/a\.B\/c since 20/) as string,
  })
  expect(hold.lost.aborted).toBe(false)
  expect(await unlockChannel(store, { channel: '7', force: true })).toMatchObject({ ended: { by: 'a call of /a.B/c' } })
  expect(hold.lost.reason).toMatchObject({ kind: 'unavailable' })
  await expect(hold.commit({ channel: aRecord() })).rejects.toThrow('unlocked by the operator')
  await using next = await store.hold(channelId(7n))
  await hold[Symbol.asyncDispose]()
  expect(next.lost.aborted).toBe(false)
  await expect(store.hold(channelId(7n))).rejects.toThrow('is in progress')
})

test('a channel that nobody holds is free already; one that nobody knows is not found', async () => {
  const store = await aStore()
  expect(await unlockChannel(store, { channel: '7' })).toEqual({})
  await expect(unlockChannel(store, { channel: '9', force: true })).rejects.toMatchObject({
    kind: 'not-found',
    message: 'Channel {ID: 9} not found',
  })
  await expect(unlockChannel(store, { channel: '7x' })).rejects.toMatchObject({ kind: 'invalid-request' })
})

test('so many are told as fit into one message, and that there are more', async () => {
  const store = await aStore()
  async function* many() {
    for (let i = 0n; i < 10_000n; i++) yield aRecord({ id: channelId(i) })
  }
  store.list = many
  const { channels, more } = await listChannels(store, {})
  expect([channels?.length, more]).toEqual([6_000, true])
})
