import { describe, expect, test } from 'vitest'
import { createMemoryRecords } from '../../../../../src/daemon/storage/memory/memory-records.js'
import { Cancellation } from '../../../../../src/shared/cancellation.js'
import { SnetError } from '../../../../../src/shared/errors.js'
import { readJwt } from '../../../../../src/shared/jwt.js'
import { blockNumber, channelId, channelNonce, cogs } from '../../../../../src/shared/units.js'
import { aChannel, aPayment, aRecord, provider, sender, signedBy, signer, stranger, World } from '../world.js'
import { NOW, SECRET } from '../../../../support/prepaid-deps.js'
import { aTokenRequest, Replica } from './replica.js'

const seven = channelId(7n)
const authorized = async (replica: Replica) => (await replica.channels.read(seven))?.authorized

/** What was paid per call before anybody asked for a token. */
async function authorize(replica: Replica, amount: bigint): Promise<void> {
  await using hold = await replica.channels.hold(seven)
  await hold.commit({ channel: aRecord({ authorized: cogs(amount), signature: signedBy(sender) }) })
}

describe('a token', () => {
  test('is given for a larger signed amount, which is kept and planned together', async () => {
    const replica = new Replica(new World())
    const granted = await replica.ask(aTokenRequest(100n))
    expect(granted).toMatchObject({ planned: 100n, used: 0n })
    expect(await authorized(replica)).toBe(100n)
    expect((await replica.channels.read(seven))?.signature).toEqual(signedBy(sender))
    expect(await replica.usage()).toEqual({ planned: 100n, used: 0n, refunded: 0n, inFlight: new Map() })
  })

  test('says what those of the reference say', async () => {
    const replica = new Replica(new World())
    const { token } = await replica.ask(aTokenRequest(100n))
    expect(readJwt(token, SECRET, NOW)).toEqual({
      exp: NOW / 1_000 + 60,
      groupId: 'q6s=',
      orgId: 'org',
      payload: '7',
      userAddress: sender,
    })
  })

  test('for the same amount tells how much is used, and plans nothing', async () => {
    const replica = new Replica(new World())
    const { token } = await replica.ask(aTokenRequest(100n))
    await replica.call(token)
    expect(await replica.ask(aTokenRequest(100n))).toMatchObject({ planned: 100n, used: 10n })
    expect(await replica.ask(aTokenRequest(130n))).toMatchObject({ planned: 130n, used: 10n })
  })

  test('tells nothing of what a call that failed would have cost', async () => {
    const replica = new Replica(new World())
    const { token } = await replica.ask(aTokenRequest(100n))
    await replica.fail(token)
    expect(await replica.ask(aTokenRequest(100n))).toMatchObject({ planned: 100n, used: 0n })
  })

  test('on a channel that was paid per call is answered with nothing planned and nothing used', async () => {
    const replica = new Replica(new World())
    await authorize(replica, 50n)
    expect(await replica.ask(aTokenRequest(50n))).toMatchObject({ planned: 0n, used: 0n })
    expect(await replica.ask(aTokenRequest(80n))).toMatchObject({ planned: 30n, used: 0n })
    expect(await authorized(replica)).toBe(80n)
  })

  test('is given for as much as 256 bits hold', async () => {
    const world = new World()
    const all = 2n ** 256n - 1n
    world.chain = aChannel({ value: cogs(all) })
    world.price = all
    const replica = new Replica(world)
    const { token, planned } = await replica.ask(aTokenRequest(all))
    expect(planned).toBe(all)
    // Each failure counts twice, once as used and once as given back: more than 256 bits after a few.
    for (let i = 0; i < 50; i++) await replica.fail(token)
    await replica.call(token)
    await expect(replica.call(token)).rejects.toThrow('Usage Exceeded on channel Id 7')
    expect(await replica.ask(aTokenRequest(all))).toMatchObject({ planned: all, used: all })
  })

  test('may be asked for by the channel’s signer, its sender and its recipient', async () => {
    const replica = new Replica(new World())
    for (const who of [signer, sender, provider]) {
      const { token } = await replica.ask(aTokenRequest(100n, { signature: signedBy(who) }))
      expect(readJwt(token, SECRET, NOW)['userAddress']).toBe(who)
    }
  })
})

describe('a request is refused', () => {
  type Case = [
    name: string,
    prepare: (world: World) => void,
    changes: Parameters<typeof aTokenRequest>,
    kind: string,
    text: string,
  ]
  const none = () => undefined
  const payment = (changes: Parameters<typeof aPayment>[0]) => ({
    payment: aPayment({ amount: cogs(100n), signature: signedBy(sender), ...changes }),
  })
  const cases: Case[] = [
    ['unknown channel', (w) => (w.chain = undefined), [100n], 'not-found', 'channel is not found, channelId: 7'],
    [
      'foreign channel',
      (w) => (w.chain = aChannel({ recipient: stranger })),
      [100n],
      'forbidden',
      'channel error:recipient Address from org metadata does not Match on what was retrieved from Channel',
    ],
    [
      'less than was signed before',
      none,
      [49n],
      'payment-rejected',
      'signed amount for token request needs to be greater than last signed amount',
    ],
    [
      'more than the channel holds',
      none,
      [1_001n],
      'payment-rejected',
      'signed amount for token request cannot be greater than full amount in channel',
    ],
    ['no signature', none, [100n, { signature: Buffer.from('x') }], 'unauthenticated', 'incorrect signature'],
    [
      'a stranger',
      none,
      [100n, { signature: signedBy(stranger) }],
      'unauthenticated',
      'only channel signer/sender/receiver can get a Valid Token',
    ],
    ...[494n, 506n].map((block): Case => [
      `signed at block ${block}`,
      none,
      [100n, { block }],
      'unauthenticated',
      'authentication failed as the signature passed has expired',
    ]),
    [
      'another nonce',
      none,
      [100n, { nonce: 4n }],
      'stale-nonce',
      'incorrect payment channel nonce, latest: 3, sent: 4',
    ],
    [
      'no claim signature',
      none,
      [100n, payment({ signature: Buffer.from('x') })],
      'payment-rejected',
      'payment signature is not valid',
    ],
    [
      'a claim that the recipient signed',
      none,
      [100n, payment({ signature: signedBy(provider) })],
      'payment-rejected',
      'payment is not signed by channel signer/sender',
    ],
    [
      'a channel near its end',
      (w) => (w.chain = aChannel({ expiration: blockNumber(600n) })),
      [100n],
      'payment-rejected',
      'payment channel is near to be expired, expiration time: 600, current block: 500, expiration threshold: 100',
    ],
    [
      'order: the amount before the signature',
      none,
      [1_001n, { signature: Buffer.from('x') }],
      'payment-rejected',
      'signed amount for token request cannot be greater than full amount in channel',
    ],
    [
      'order: the stranger before his block',
      none,
      [100n, { signature: signedBy(stranger), block: 1n }],
      'unauthenticated',
      'only channel signer/sender/receiver can get a Valid Token',
    ],
    [
      'order: the block before the claim',
      none,
      [100n, { ...payment({ signature: Buffer.from('x') }), block: 1n }],
      'unauthenticated',
      'authentication failed as the signature passed has expired',
    ],
  ]

  test.each(cases)('%s', async (_name, prepare, changes, kind, message) => {
    const world = new World()
    const replica = new Replica(world)
    await authorize(replica, 50n)
    prepare(world)
    await expect(replica.ask(aTokenRequest(...changes))).rejects.toMatchObject({ kind, message })
    expect(await authorized(replica)).toBe(50n)
    expect((await replica.usage()).planned).toBe(0n)
    // Nothing stays held.
    await (await replica.channels.hold(seven))[Symbol.asyncDispose]()
  })

  test('where the provider does not allow its signer', async () => {
    const replica = new Replica(new World())
    Object.assign(replica.deps, { mayPay: (who: string) => who === signer })
    await expect(replica.ask(aTokenRequest(100n))).rejects.toThrow('payment signature is not valid')
    await replica.ask(aTokenRequest(100n, { payment: aPayment({ amount: cogs(100n), signature: signedBy(signer) }) }))
  })
})

describe('a cached reading of the channel', () => {
  test('is read again before the channel’s own people are refused, so that new funds count at once', async () => {
    const world = new World()
    world.cachedChain = aChannel({ value: cogs(50n) })
    const replica = new Replica(world)
    expect(await replica.ask(aTokenRequest(100n))).toMatchObject({ planned: 100n })
    expect(world.refreshes).toBe(1)
    await expect(replica.ask(aTokenRequest(2_000n))).rejects.toThrow('cannot be greater than full amount')
    expect(world.refreshes).toBe(2)
  })

  test('is enough to accept, and to refuse a stranger', async () => {
    const world = new World()
    world.cachedChain = aChannel()
    const replica = new Replica(world)
    await replica.ask(aTokenRequest(100n))
    await expect(replica.ask(aTokenRequest(2_000n, { signature: signedBy(stranger) }))).rejects.toThrow()
    expect(world.refreshes).toBe(0)
  })
})

describe('requests for one channel at once', () => {
  test('for the same amount all get a token, and it is planned once', async () => {
    const replica = new Replica(new World())
    const granted = await Promise.all(Array.from({ length: 10 }, () => replica.ask(aTokenRequest(100n))))
    expect(granted.map(({ planned }) => planned)).toEqual(Array(10).fill(100n))
    expect((await replica.usage()).planned).toBe(100n)
  })

  test('wait for a call that holds the channel', async () => {
    const replica = new Replica(new World())
    const held = await replica.channels.hold(seven)
    const asking = replica.ask(aTokenRequest(100n))
    await held[Symbol.asyncDispose]()
    expect((await asking).planned).toBe(100n)
  })

  test('wait no longer than their client', async () => {
    const replica = new Replica(new World())
    await using _held = await replica.channels.hold(seven)
    const gone = new Cancellation()
    const asking = replica.ask(aTokenRequest(100n), gone)
    const reason = new SnetError('cancelled', 'the client went away')
    gone.abort(reason)
    await expect(asking).rejects.toBe(reason)
  })

  test('for different amounts plan the largest of them, in whatever order they come', async () => {
    const replica = new Replica(new World())
    const amounts = [100n, 300n, 200n, 300n, 50n]
    await Promise.allSettled(amounts.map((amount) => replica.ask(aTokenRequest(amount))))
    expect(await authorized(replica)).toBe(300n)
    expect((await replica.usage()).planned).toBe(300n)
  })
})

test('the amount and the plan are written together or not at all', async () => {
  const records = createMemoryRecords()
  const replica = new Replica(new World(), {
    ...records,
    write: async () => {
      throw new Error('no room')
    },
  })
  await expect(replica.ask(aTokenRequest(100n))).rejects.toMatchObject({ kind: 'storage-failed' })
  expect(await authorized(replica)).toBeUndefined()
  expect((await replica.usage()).planned).toBe(0n)
})

test('a plan goes on under the nonce after a claim, and a new one is added to it', async () => {
  const world = new World()
  const replica = new Replica(world)
  const { token } = await replica.ask(aTokenRequest(100n))
  await replica.call(token)
  world.chain = aChannel({ nonce: channelNonce(4n), value: cogs(900n) })
  world.cachedChain = undefined
  await replica.call(token)
  expect(await replica.ask(aTokenRequest(60n, { nonce: 4n }))).toMatchObject({ planned: 160n, used: 20n })
  expect(await authorized(replica)).toBe(60n)
  // The signature of the nonce that was left behind is still in the store.
  expect((await replica.channels.readClaim(seven, channelNonce(3n)))?.amount).toBe(100n)
})
