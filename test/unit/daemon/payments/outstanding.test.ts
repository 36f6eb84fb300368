import { expect, test } from 'vitest'
import { createOutstanding, listExpiring } from '../../../../src/daemon/payments/index.js'
import { blockNumber, channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { aClaim } from '../../../support/channel-builders.js'
import { aChannel, aRecord, World } from './world.js'

const keep = (world: World, id: bigint, authorized: bigint, expiration: bigint): void =>
  void world.records.set(
    id,
    aRecord({ id: channelId(id), authorized: cogs(authorized), expiration: blockNumber(expiration) }),
  )

const outstandingIn = (world: World, now?: () => number) =>
  createOutstanding({ ...world.deps, store: world.store }, now)

test('what is signed is told by how soon it is lost, and what is in claims apart', async () => {
  const world = new World()
  world.block = blockNumber(1_000n)
  keep(world, 1n, 5n, 900n)
  keep(world, 2n, 7n, 2_200n)
  keep(world, 3n, 11n, 2_201n)
  keep(world, 4n, 13n, 1_000_000n)
  keep(world, 5n, 0n, 1_001n)
  world.claims.set('9/1', aClaim({ channel: channelId(9n), amount: cogs(17n) }))

  expect(await outstandingIn(world)()).toEqual({
    signed: 36n,
    inClaims: 17n,
    expiring: [
      { blocks: 1_200n, channels: 2, cogs: 12n },
      { blocks: 7_200n, channels: 3, cogs: 23n },
      { blocks: 50_400n, channels: 3, cogs: 23n },
    ],
  })
})

test('what is lost soon is listed, the most urgent first', async () => {
  const world = new World()
  world.block = blockNumber(1_000n)
  keep(world, 1n, 5n, 1_100n)
  keep(world, 2n, 7n, 900n)
  keep(world, 3n, 11n, 1_101n)
  keep(world, 4n, 0n, 1_001n)
  const near = await listExpiring({ ...world.deps, store: world.store }, 100)
  expect(near.map(({ channel, amount }) => [channel, amount])).toEqual([
    [2n, 7n],
    [1n, 5n],
  ])
})

test('a claim that the chain has settled is outstanding no more', async () => {
  const world = new World()
  world.claims.set('7/3', aClaim({ channel: channelId(7n), nonce: channelNonce(3n), amount: cogs(17n) }))
  world.cachedChain = aChannel({ nonce: channelNonce(4n) })
  expect((await outstandingIn(world)()).inClaims).toBe(0n)
})

test('all who ask share one look, which is good for a while, and one that fails is taken again', async () => {
  const world = new World()
  let now = 0
  let looks = 0
  const store = {
    ...world.store,
    list: () => {
      looks++
      return world.store.list()
    },
  }
  const outstanding = createOutstanding({ ...world.deps, store }, () => now)
  await Promise.all([outstanding(), outstanding()])
  now = 14_000
  await outstanding()
  expect(looks).toBe(1)
  now = 15_001
  await outstanding()
  expect(looks).toBe(2)

  now = 60_000
  store.list = () => {
    throw new Error('away')
  }
  await expect(outstanding()).rejects.toThrow('away')
  store.list = () => world.store.list()
  expect((await outstanding()).signed).toBe(0n)
})
