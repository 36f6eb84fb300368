import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProviderRequest } from '../../../../src/daemon/payments/ports.js'
import { SnetError } from '../../../../src/shared/errors.js'
import type { EscrowChannel } from '../../../../src/shared/escrow-channel.js'
import { type ChannelId, channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import {
  aChannel,
  aPayment,
  aRecord,
  asks,
  provider,
  SOMEONE_ELSE,
  signedBy,
  signer,
  stranger,
  World,
} from './world.js'

const signature = signedBy(signer)
const seven = channelId(7n)
const MPE = stranger

/** A world in which 40 cogs were signed on channel 7. */
function earned(authorized = 40n): World {
  const world = new World()
  world.records.set(7n, aRecord({ authorized: cogs(authorized), signature }))
  return world
}

interface Asked {
  readonly by?: typeof provider
  readonly nonce?: bigint
  readonly sendback?: boolean
  readonly signedSendback?: boolean
  readonly mpe?: string
  readonly channel?: ChannelId
}

const start = (world: World, asked: Asked = {}) => {
  const { by = provider, nonce = 3n, sendback = false, signedSendback = sendback, mpe = MPE, channel = seven } = asked
  const request: ProviderRequest = { asks: 'claim', channel, nonce: channelNonce(nonce), sendback: signedSendback }
  return world.claimsOf.start({ mpe, channel, sendback, signature: asks(by, request) })
}

const startMany = (world: World, ids: readonly bigint[], { by = provider, block = 500n } = {}) => {
  const channels = ids.map(channelId)
  return world.claimsOf.startMany({
    mpe: MPE,
    channels,
    block,
    signature: asks(by, { asks: 'claims', channels, block }),
  })
}

const list = (
  world: World,
  what: 'unclaimed' | 'inProgress',
  { by = provider, block = 500n, mpe = String(MPE) } = {},
) => {
  const request = { asks: what === 'unclaimed' ? what : 'in progress', block } as const
  return world.claimsOf[what]({ mpe, block, signature: asks(by, request) })
}

const refusal = async (asked: Promise<unknown>) => {
  const failed = (await asked.catch((error: unknown) => error)) as SnetError
  expect(failed).toBeInstanceOf(SnetError)
  return [failed.kind, failed.message]
}

describe('a claim that is started', () => {
  test('moves the channel to its next nonce and keeps what was signed, in one write', async () => {
    const world = earned()
    const claim = { channel: 7n, nonce: 3n, amount: 40n, signature }
    expect(await start(world)).toEqual(claim)
    const next = aRecord({ nonce: channelNonce(4n), value: cogs(960n) })
    expect(world.writes).toEqual([{ channel: next, claim }])
    expect(world.held.size).toBe(0)
  })

  test('is followed by payments under the new nonce, up to what is left', async () => {
    const world = earned(990n)
    await start(world)
    expect(await refusal(world.pay(aPayment({ amount: cogs(10n) })))).toEqual([
      'stale-nonce',
      'incorrect payment channel nonce, latest: 4, sent: 3',
    ])
    await world.pay(aPayment({ nonce: channelNonce(4n), amount: cogs(10n) }))
    expect((await refusal(world.pay(aPayment({ nonce: channelNonce(4n), amount: cogs(20n) }))))[1]).toBe(
      'not enough tokens on payment channel, channel amount: 10, payment amount: 20',
    )
  })

  test('that sends back what is left leaves nothing to buy with, before anything is on chain', async () => {
    const world = earned()
    expect(await start(world, { sendback: true })).toMatchObject({ amount: 40n, sendback: true })
    expect((await refusal(world.pay(aPayment({ nonce: channelNonce(4n), amount: cogs(10n) }))))[1]).toBe(
      'not enough tokens on payment channel, channel amount: 0, payment amount: 10',
    )
    expect(await list(world, 'inProgress')).toMatchObject([{ sendback: true }])
  })

  test('cannot be made one that sends back by somebody on the way, nor the other way round', async () => {
    for (const sendback of [true, false]) {
      const world = earned()
      expect((await refusal(start(world, { sendback, signedSendback: !sendback })))[0]).toBe('unauthenticated')
      expect(world.writes).toEqual([])
    }
  })

  test('twice at the same moment is started once', async () => {
    const world = earned()
    const results = await Promise.allSettled([start(world), start(world)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(world.records.get(7n)?.nonce).toBe(4n)
    expect([...world.claims.keys()]).toEqual(['7/3'])
  })

  test('again is refused, and found among those in progress', async () => {
    const world = earned()
    await start(world)
    expect(await refusal(start(world, { nonce: 4n }))).toEqual([
      'wrong-state',
      'authorized amount is zero , hence nothing to claim on the channel Id: 7',
    ])
    expect(await list(world, 'inProgress')).toEqual([
      { channel: 7n, nonce: 3n, amount: 40n, signature, expiration: 10_000n },
    ])
  })

  test('may be followed by one of what was paid since, and both are told in the order of their nonces', async () => {
    const world = earned()
    await start(world)
    await world.pay(aPayment({ nonce: channelNonce(4n), amount: cogs(10n) }))
    await start(world, { nonce: 4n })
    expect((await list(world, 'inProgress')).map(({ nonce, amount }) => [nonce, amount])).toEqual([
      [3n, 40n],
      [4n, 10n],
    ])
    expect(world.records.get(7n)).toMatchObject({ nonce: 5n, value: 950n, authorized: 0n })
  })

  test('of an amount whose low 64 bits are 0 is one all the same', async () => {
    const world = earned(2n ** 64n)
    world.chain = aChannel({ value: cogs(2n ** 65n) })
    expect(await list(world, 'unclaimed')).toMatchObject([{ amount: 2n ** 64n }])
    expect(await start(world)).toMatchObject({ amount: 2n ** 64n })
  })

  test('that cannot be stored changes nothing and leaves the channel free', async () => {
    const world = earned()
    world.commitFails = new SnetError('storage-failed', 'Channel storage error')
    expect((await refusal(start(world)))[0]).toBe('storage-failed')
    expect([world.held.size, world.claims.size, world.records.get(7n)?.nonce]).toEqual([0, 0, 3n])
  })

  test('is refused while a call is under way, in the words that clients know', async () => {
    const world = earned()
    await using _call = await world.reserve(aPayment({ amount: cogs(50n) }))
    expect(await refusal(start(world))).toEqual([
      'channel-busy',
      'another transaction on channel: {ID: 7} is in progress',
    ])
  })

  test('is judged by a cached reading while the node is away', async () => {
    const world = earned()
    world.cachedChain = aChannel()
    world.chainAway = true
    expect(await start(world)).toMatchObject({ amount: 40n })
  })
})

describe('the start of a claim is refused', () => {
  test('to anybody else, who costs the node no request', async () => {
    const world = earned()
    world.cachedChain = aChannel()
    expect(await refusal(start(world, { by: signer }))).toEqual([
      'unauthenticated',
      `the address: ${signer} does not match to what has been expected / registered`,
    ])
    expect(world.refreshes + world.blockRefreshes).toBe(0)
  })

  test('with a signature that is none', async () => {
    const asked = { mpe: MPE, channel: seven, sendback: false }
    expect(await refusal(earned().claimsOf.start({ ...asked, signature: new Uint8Array(64) }))).toEqual([
      'unauthenticated',
      'incorrect signature length',
    ])
    expect(await refusal(earned().claimsOf.start({ ...asked, signature: new Uint8Array(65) }))).toEqual([
      'unauthenticated',
      'incorrect signature data',
    ])
  })

  test('when it is signed for another nonce', async () => {
    expect((await refusal(start(earned(), { nonce: 2n })))[1]).toContain(`the address: ${SOMEONE_ELSE} does not match`)
  })

  test('for another escrow contract, whose address may be spelled in any case', async () => {
    expect(await refusal(start(earned(), { mpe: '0x12' }))).toEqual([
      'invalid-request',
      'the mpeAddress: 0x12 passed does not match to what has been registered',
    ])
    expect(await start(earned(), { mpe: MPE.toUpperCase().slice(2) })).toMatchObject({ amount: 40n })
  })

  test('of a channel that does not exist, to the provider alone', async () => {
    const world = new World()
    world.chain = undefined
    expect(await refusal(start(world, { nonce: 0n }))).toEqual([
      'not-found',
      'channel Id 7 was not found on blockchain or storage',
    ])
    expect((await refusal(start(world, { nonce: 0n, by: signer })))[0]).toBe('unauthenticated')
  })

  test('of what the chain has settled already', async () => {
    const world = earned()
    world.chain = aChannel({ nonce: channelNonce(4n) })
    expect((await refusal(start(world, { nonce: 4n })))[1]).toContain('authorized amount is zero')
  })
})

describe('many claims at once', () => {
  const many = (): World => {
    const world = new World()
    for (const id of [1n, 2n, 3n]) {
      world.records.set(id, aRecord({ id: channelId(id), authorized: cogs(id), signature }))
    }
    return world
  }

  test('are started in the order of the request', async () => {
    expect((await startMany(many(), [3n, 1n, 2n])).map(({ amount }) => amount)).toEqual([3n, 1n, 2n])
  })

  test('end with the first that fails, and those before are in progress', async () => {
    const world = many()
    expect((await refusal(startMany(world, [1n, 9n, 2n])))[1]).toContain('nothing to claim on the channel Id: 9')
    expect([...world.claims.keys()]).toEqual(['1/3'])
  })

  test('of one channel twice are one claim, and told', async () => {
    const world = many()
    expect((await refusal(startMany(world, [1n, 1n])))[0]).toBe('wrong-state')
    expect([...world.claims.keys()]).toEqual(['1/3'])
  })

  test('have a bound, which is checked before anything is computed', async () => {
    const channels = Array.from({ length: 1_001 }, (_, i) => channelId(BigInt(i)))
    const asked = { mpe: MPE, channels, block: 500n, signature: new Uint8Array() }
    expect(await refusal(many().claimsOf.startMany(asked))).toEqual([
      'invalid-request',
      '1001 channels in one request, the most are 1000',
    ])
  })
})

describe('the lists', () => {
  test('tell what is unclaimed without its signature', async () => {
    const world = earned()
    world.records.set(8n, aRecord({ id: channelId(8n) }))
    expect(await list(world, 'unclaimed')).toEqual([{ channel: 7n, nonce: 3n, amount: 40n, expiration: 10_000n }])
  })

  test('hide what the chain has settled, and tell it again when the chain takes that back', async () => {
    const world = earned()
    world.cachedChain = aChannel({ nonce: channelNonce(4n) })
    expect(await list(world, 'unclaimed')).toEqual([])
    world.cachedChain = undefined
    await start(world)
    world.chain = aChannel({ nonce: channelNonce(4n) })
    expect(await list(world, 'inProgress')).toEqual([])
    world.chain = aChannel()
    expect(await list(world, 'inProgress')).toHaveLength(1)
  })

  test('tell what is in progress while the node is away', async () => {
    const world = earned()
    await start(world)
    world.cachedChain = undefined
    world.chainAway = true
    expect(await list(world, 'inProgress')).toMatchObject([{ amount: 40n, expiration: 10_000n }])
  })

  test.each(['unclaimed', 'inProgress'] as const)('are told to the provider alone: %s', async (what) => {
    expect(await refusal(list(earned(), what, { by: signer }))).toEqual([
      'unauthenticated',
      `the address: ${signer} does not match to what has been expected / registered`,
    ])
    expect((await refusal(list(earned(), what, { mpe: '' })))[0]).toBe('invalid-request')
  })

  test.each([494n, 506n])('are told for a block of now only, not for %s', async (block) => {
    const world = earned()
    expect(await refusal(list(world, 'unclaimed', { block }))).toEqual([
      'unauthenticated',
      'authentication failed as the signature passed has expired',
    ])
    expect(world.blockRefreshes).toBe(1)
    await refusal(list(world, 'unclaimed', { block, by: signer }))
    expect(world.blockRefreshes).toBe(1)
    expect(await list(world, 'unclaimed', { block: block === 494n ? 495n : 505n })).toHaveLength(1)
  })
})

/** What one party does next. */
const steps = fc.array(fc.constantFrom('pay', 'claim', 'claim and send back', 'fail', 'settle', 'take back'), {
  maxLength: 25,
})

test('whatever is paid, claimed, settled and taken back: each cog that was sold can be claimed exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const world = new World()
      const chain: EscrowChannel[] = [aChannel({ value: cogs(100n) })]
      let sold = 0n
      let collected = 0n
      for (const step of script) {
        world.chain = chain.at(-1)
        const record = world.records.get(7n)
        const now = world.chain as EscrowChannel
        const nonce = record && record.nonce > now.nonce ? record.nonce : now.nonce
        const authorized = record?.nonce === nonce ? record.authorized : 0n
        if (step === 'pay') {
          const payment = aPayment({ nonce: channelNonce(nonce), amount: cogs(authorized + 10n) })
          sold += await world.pay(payment).then(
            () => 10n,
            () => 0n,
          )
        } else if (step === 'fail') {
          world.commitFails = new SnetError('unavailable', 'killed')
          await start(world, { nonce }).catch(() => undefined)
          world.commitFails = undefined
        } else if (step === 'claim' || step === 'claim and send back') {
          await start(world, { nonce, sendback: step !== 'claim' }).catch(() => undefined)
        } else if (step === 'settle') {
          const claim = world.claims.get(`7/${now.nonce}`)
          if (!claim) continue
          expect(claim.amount <= now.value).toBe(true)
          const value = claim.sendback ? 0n : now.value - claim.amount
          chain.push({ ...now, nonce: channelNonce(now.nonce + 1n), value: cogs(value) })
          collected += claim.amount
        } else if (chain.length > 1) {
          chain.pop()
          collected -= world.claims.get(`7/${(chain.at(-1) as EscrowChannel).nonce}`)?.amount ?? 0n
        }
      }
      world.chain = chain.at(-1)
      const open = [...(await list(world, 'inProgress')), ...(await list(world, 'unclaimed'))]
      expect(collected + open.reduce((sum, { amount }) => sum + amount, 0n)).toBe(sold)
      expect(sold <= 100n).toBe(true)
    }),
  )
})
