import { describe, expect, test } from 'vitest'
import { SnetError } from '../../../../src/shared/errors.js'
import { channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { aChannel, aRecord, provider, sender, signedBy, signer, stranger, World } from './world.js'

const ask = (world: World, changes: { signature?: Uint8Array; block?: bigint; channel?: bigint } = {}) => {
  const { signature = signedBy(sender), block = 500n, channel = 7n } = changes
  return world.payments.channelState({ channel: channelId(channel), signature, block })
}

const refusal = async (asked: Promise<unknown>) => {
  const failed = (await asked.catch((error: unknown) => error)) as SnetError
  expect(failed).toBeInstanceOf(SnetError)
  return [failed.kind, failed.message]
}

const signature = signedBy(signer)

describe('channel state', () => {
  test('of a fresh channel is its nonce alone', async () => {
    expect(await ask(new World())).toEqual({ nonce: 3n })
  })

  test.each([
    ['sender', sender],
    ['signer', signer],
    ['recipient', provider],
  ])('is told to the %s', async (_name, who) => {
    const world = new World()
    world.records.set(7n, aRecord({ authorized: cogs(40n), signature }))
    expect(await ask(world, { signature: signedBy(who) })).toEqual({ nonce: 3n, current: { amount: 40n, signature } })
  })

  test('while a claim is pending carries the old amount and what was signed since', async () => {
    const world = new World()
    world.records.set(7n, aRecord({ nonce: channelNonce(4n), authorized: cogs(0n) }))
    world.claims.set('7/3', { channel: channelId(7n), nonce: channelNonce(3n), amount: cogs(40n), signature })
    expect(await ask(world)).toEqual({
      nonce: 4n,
      current: { amount: 0n, signature: new Uint8Array() },
      old: { amount: 40n, signature },
    })
  })

  test('after the claim was settled on chain starts again at nothing', async () => {
    const world = new World()
    world.cachedChain = aChannel()
    world.chain = aChannel({ nonce: channelNonce(4n) })
    world.records.set(7n, aRecord({ authorized: cogs(40n), signature }))
    expect(await ask(world)).toEqual({ nonce: 4n })
  })

  test('asks the chain once, whether a reading was cached or not', async () => {
    for (const cached of [undefined, aChannel()]) {
      const world = new World()
      world.cachedChain = cached
      await ask(world)
      expect(world.refreshes).toBe(1)
    }
  })

  test('is told from the cache while the node is away', async () => {
    const world = new World()
    world.cachedChain = aChannel()
    world.chainAway = true
    expect(await ask(world)).toEqual({ nonce: 3n })
  })

  test.each([495n, 500n, 505n])('takes a block at most 5 away: %s', async (block) => {
    expect(await ask(new World(), { block })).toEqual({ nonce: 3n })
  })
})

describe('channel state is refused', () => {
  test.each([
    ['without a signature', { signature: new Uint8Array() }, ['unauthenticated', 'incorrect signature']],
    [
      'to strangers',
      { signature: signedBy(stranger) },
      ['unauthenticated', 'only channel signer/sender/receiver can get latest channel state'],
    ],
    [
      'for a block too old',
      { block: 494n },
      ['unauthenticated', 'authentication failed as the signature passed has expired'],
    ],
    [
      'for a block too new',
      { block: 506n },
      ['unauthenticated', 'authentication failed as the signature passed has expired'],
    ],
  ])('%s', async (_name, changes, expected) => {
    expect(await refusal(ask(new World(), changes))).toEqual(expected)
  })

  test('for a channel that does not exist', async () => {
    const world = new World()
    world.chain = undefined
    expect(await refusal(ask(world))).toEqual(['not-found', 'channel is not found, channelId: 7'])
  })

  test('for a channel to another recipient', async () => {
    const world = new World()
    world.chain = aChannel({ recipient: stranger })
    expect(await refusal(ask(world))).toEqual([
      'forbidden',
      'channel error:recipient Address from org metadata does not Match on what was retrieved from Channel',
    ])
  })

  test('when the claim that moved the nonce is missing', async () => {
    const world = new World()
    world.records.set(7n, aRecord({ nonce: channelNonce(4n) }))
    expect((await refusal(ask(world)))[1]).toContain('old payment is not found in storage')
  })

  test('to strangers without asking the chain', async () => {
    const world = new World()
    world.cachedChain = aChannel()
    await refusal(ask(world, { signature: signedBy(stranger) }))
    expect(world.refreshes).toBe(0)
  })

  test('for an old block only after the newest block was asked for', async () => {
    const world = new World()
    await refusal(ask(world, { block: 1n }))
    expect(world.blockRefreshes).toBe(1)
  })
})
