import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Reservation, reserveEscrow } from '../../../../src/daemon/payments/index.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { live } from '../../../../src/shared/live.js'
import { blockNumber, channelId, channelNonce, cogs, groupIdFromBytes } from '../../../../src/shared/units.js'
import { aChannel, aPayment, aRecord, METHOD, provider, sender, signedBy, signer, stranger, World } from './world.js'

const refusal = async (world: World, payment = aPayment()) => {
  const failed = await world.pay(payment).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(SnetError)
  const { kind, message } = failed as SnetError
  return { kind, message }
}

describe('a payment that buys the call', () => {
  test('is stored as the channel’s newest amount, and the sender pays', async () => {
    const world = new World()
    expect(await world.pay(aPayment())).toBe(sender)
    expect(world.writes).toEqual([{ channel: { ...aChannel(), authorized: 10n, signature: aPayment().signature } }])
    expect(world.held.size).toBe(0)
  })

  test('may be signed by the sender as well as by the signer', async () => {
    const world = new World()
    await world.pay(aPayment({ signature: signedBy(sender) }))
    expect(world.writes).toHaveLength(1)
  })

  test('asks the chain once for a channel never seen, and not again while the reading is cached', async () => {
    const world = new World()
    await world.pay(aPayment())
    await world.pay(aPayment({ amount: cogs(20n) }))
    await world.pay(aPayment({ amount: cogs(30n) }))
    expect(world.refreshes).toBe(1)
  })

  test('is told with its channel once it is kept, and one that is not kept never', async () => {
    const world = new World()
    const told: unknown[] = []
    const deps = { ...world.deps, onKept: (channel: unknown) => told.push(channel) }
    const call = { method: METHOD, cancelled: new Cancellation() }
    {
      await using _reservation = await reserveEscrow(deps, aPayment(), call)
    }
    expect(told).toEqual([])
    await using reservation = await reserveEscrow(deps, aPayment(), call)
    await reservation.commit()
    expect(told).toEqual([{ ...aChannel(), authorized: 10n, signature: aPayment().signature }])
  })

  test('is judged the same when another thread names its signer, and here when there is none to ask', async () => {
    const world = new World()
    const { signers } = world.deps
    const call = { method: METHOD, cancelled: new Cancellation() }
    const apart = {
      ...signers,
      ofPayment: () => expect.fail('asked here'),
      ofPaymentApart: async (...asked: Parameters<typeof signers.ofPayment>) => signers.ofPayment(...asked),
    }
    const reserve = (payment = aPayment(), used: typeof signers = apart) =>
      reserveEscrow({ ...world.deps, signers: used }, payment, call)
    for (const signature of [signedBy(stranger), new Uint8Array(65)]) {
      const refused: unknown = await reserve(aPayment({ signature })).catch((fault: unknown) => fault)
      expect(refused).toMatchObject(await refusal(world, aPayment({ signature })))
    }
    {
      await using reservation = await reserve()
      expect(reservation.payer).toBe(sender)
    }
    await using reservation = await reserve(aPayment(), { ...signers, ofPaymentApart: () => undefined })
    await reservation.commit()
    expect(world.writes).toEqual([{ channel: { ...aChannel(), authorized: 10n, signature: aPayment().signature } }])
  })

  test('leaves the channel free and unchanged when the call fails', async () => {
    const world = new World()
    {
      await using reservation = await world.reserve(aPayment())
      expect(world.held.size).toBe(1)
      expect(reservation.payer).toBe(sender)
    }
    expect(world.held.size).toBe(0)
    expect(world.writes).toEqual([])
    await world.pay(aPayment())
  })
})

const LIST = (byte: number) => `[${Array(32).fill(byte).join(' ')}]`

describe('a refusal has the code and text that clients know', () => {
  const cases: [
    name: string,
    prepare: (world: World) => void,
    payment: ReturnType<typeof aPayment>,
    kind: string,
    text: string,
  ][] = [
    [
      'recipient',
      (w) => (w.chain = aChannel({ recipient: stranger })),
      aPayment(),
      'forbidden',
      'payment channel error: recipient Address from org metadata does not Match on what was retrieved from Channel',
    ],
    [
      'group',
      (w) => (w.chain = aChannel({ groupId: groupIdFromBytes(new Uint8Array(32).fill(1)) })),
      aPayment(),
      'forbidden',
      `payment channel error: channel received belongs to another group of replicas, current group: ${LIST(171)}, channel group: ${LIST(1)}`,
    ],
    [
      'unknown channel',
      (w) => (w.chain = undefined),
      aPayment(),
      'payment-rejected',
      'payment channel "{ID: 7}" not found',
    ],
    [
      'nonce too low',
      () => undefined,
      aPayment({ nonce: channelNonce(2n) }),
      'stale-nonce',
      'incorrect payment channel nonce, latest: 3, sent: 2',
    ],
    [
      'nonce too high',
      () => undefined,
      aPayment({ nonce: channelNonce(4n) }),
      'stale-nonce',
      'incorrect payment channel nonce, latest: 3, sent: 4',
    ],
    [
      'no signature',
      () => undefined,
      aPayment({ signature: Buffer.from('x') }),
      'payment-rejected',
      'payment signature is not valid',
    ],
    [
      'signature of a stranger',
      () => undefined,
      aPayment({ signature: signedBy(stranger) }),
      'payment-rejected',
      'payment is not signed by channel signer/sender',
    ],
    [
      'signature of the recipient',
      () => undefined,
      aPayment({ signature: signedBy(provider) }),
      'payment-rejected',
      'payment is not signed by channel signer/sender',
    ],
    [
      'expiry within the threshold',
      (w) => (w.chain = aChannel({ expiration: blockNumber(600n) })),
      aPayment(),
      'payment-rejected',
      'payment channel is near to be expired, expiration time: 600, current block: 500, expiration threshold: 100',
    ],
    [
      'funds',
      () => undefined,
      aPayment({ amount: cogs(1001n) }),
      'payment-rejected',
      'not enough tokens on payment channel, channel amount: 1000, payment amount: 1001',
    ],
    [
      'no price',
      (w) => (w.price = undefined),
      aPayment(),
      'not-found',
      `internal error: price is not defined for the Method ${METHOD}`,
    ],
    [
      'amount below the price',
      () => undefined,
      aPayment({ amount: cogs(9n) }),
      'payment-rejected',
      'income 9 does not equal to price 10',
    ],
    [
      'amount above the price',
      () => undefined,
      aPayment({ amount: cogs(11n) }),
      'payment-rejected',
      'income 11 does not equal to price 10',
    ],
    [
      'amount below what was authorised',
      (w) => w.records.set(7n, aRecord({ authorized: cogs(50n), signature: signedBy(sender) })),
      aPayment({ amount: cogs(40n) }),
      'payment-rejected',
      'income -10 does not equal to price 10',
    ],
  ]

  test.each(cases)('%s', async (_name, prepare, payment, kind, text) => {
    const world = new World()
    prepare(world)
    expect(await refusal(world, payment)).toEqual({ kind, message: text })
    expect(world.held.size).toBe(0)
    expect(world.writes).toEqual([])
  })

  test('one block before the threshold is still accepted', async () => {
    const world = new World()
    world.chain = aChannel({ expiration: blockNumber(601n) })
    await world.pay(aPayment())
  })

  test('the first fault in the contract’s order is the one that is told', async () => {
    const world = new World()
    const everythingWrong = aPayment({ nonce: channelNonce(9n), signature: signedBy(stranger), amount: cogs(5000n) })
    expect((await refusal(world, everythingWrong)).kind).toBe('stale-nonce')
  })
})

test('where the provider allows others only, the refusal has the words of the reference, and the hint tells the reason', async () => {
  const world = new World()
  Object.assign(world.deps, { mayPay: (who: string) => who === sender })
  const refused = await world.pay(aPayment()).catch((fault: unknown) => fault)
  expect(refused).toMatchObject({ kind: 'payment-rejected', message: 'payment signature is not valid' })
  expect((refused as SnetError).hint).toContain('restricts this service to certain users')
  expect(world.held.size).toBe(0)
  await world.pay(aPayment({ signature: signedBy(sender) }))
})

test('a fault of our own while a payment is judged leaves the channel free', async () => {
  const world = new World()
  const { prices } = world.deps
  const faulty = () => {
    throw new TypeError('of our own')
  }
  Object.assign(world.deps, { prices: live({ priceOf: faulty }) })
  await expect(world.pay(aPayment())).rejects.toThrow('of our own')
  expect([world.held.size, world.writes.length]).toEqual([0, 0])
  Object.assign(world.deps, { prices })
  await world.pay(aPayment())
})

describe('two calls at once on one channel', () => {
  test('the second is refused while the first is held, and accepted after it', async () => {
    const world = new World()
    const first = await world.reserve(aPayment())
    expect(await refusal(world)).toEqual({
      kind: 'channel-busy',
      message: 'another transaction on channel: {ID: 7} is in progress',
    })
    await first[Symbol.asyncDispose]()
    await world.pay(aPayment())
  })

  test('somebody else’s signature never takes the hold', async () => {
    const world = new World()
    await using _held = await world.reserve(aPayment())
    expect((await refusal(world, aPayment({ signature: signedBy(stranger) }))).message).toBe(
      'payment is not signed by channel signer/sender',
    )
  })
})

describe('a cached reading', () => {
  test.each([
    ['funds were added', { value: cogs(5_000n) }, aPayment({ amount: cogs(1010n) }), { authorized: cogs(1000n) }],
    ['the channel was extended', { expiration: blockNumber(99_999n) }, aPayment(), {}],
    [
      'the channel was claimed and moved to the next nonce',
      { nonce: channelNonce(4n) },
      aPayment({ nonce: channelNonce(4n) }),
      { authorized: cogs(500n) },
    ],
  ])('is read again before a refusal, so that it counts at once that %s', async (_name, change, payment, record) => {
    const world = new World()
    world.cachedChain = aChannel({ expiration: blockNumber('expiration' in change ? 550n : 10_000n) })
    world.chain = aChannel(change)
    world.records.set(7n, aRecord({ signature: signedBy(sender), ...record }))
    await world.pay(payment)
    expect(world.refreshes).toBe(1)
  })

  test('that was read for this very payment is not read again before its refusal', async () => {
    const world = new World()
    expect((await refusal(world, aPayment({ amount: cogs(2_000n) }))).kind).toBe('payment-rejected')
    expect(world.refreshes).toBe(1)
  })

  test('is not read again for a wrong signer, a wrong amount or a missing price', async () => {
    const world = new World()
    world.cachedChain = aChannel()
    await refusal(world, aPayment({ signature: signedBy(stranger) }))
    await refusal(world, aPayment({ amount: cogs(11n) }))
    world.price = undefined
    await refusal(world)
    expect(world.refreshes).toBe(0)
  })

  test('accepts while the node is away, but does not refuse what the node might clear', async () => {
    const world = new World()
    world.cachedChain = aChannel()
    world.chainAway = true
    await world.pay(aPayment())
    expect((await refusal(world, aPayment({ amount: cogs(2_000n) }))).kind).toBe('unavailable')
    expect(world.held.size).toBe(0)
  })
})

test('what was signed under a settled nonce does not count under the next one', async () => {
  const world = new World()
  world.records.set(7n, aRecord({ nonce: channelNonce(2n), authorized: cogs(900n), signature: signedBy(sender) }))
  await world.pay(aPayment())
  expect(world.records.get(7n)?.authorized).toBe(10n)
})

test('while a claim is pending the stored nonce and remaining funds count, not the chain’s', async () => {
  const world = new World()
  world.records.set(7n, aRecord({ nonce: channelNonce(4n), value: cogs(15n) }))
  await world.pay(aPayment({ nonce: channelNonce(4n) }))
  expect((await refusal(world, aPayment({ nonce: channelNonce(4n), amount: cogs(20n) }))).message).toBe(
    'not enough tokens on payment channel, channel amount: 15, payment amount: 20',
  )
})

test('a commit that fails keeps nothing and frees the channel', async () => {
  const world = new World()
  world.commitFails = new SnetError('storage-failed', 'unable to store new payment channel state')
  expect((await refusal(world)).message).toBe('unable to store new payment channel state')
  expect(world.held.size).toBe(0)
  expect(world.records.size).toBe(0)
})

const MOST = 2n ** 256n - 1n
const cogsOfAnySize = fc.oneof(fc.bigInt(0n, 60n), fc.bigInt(MOST - 60n, MOST), fc.bigInt(0n, MOST))
/** Of a client who may miss the price, or sign for another nonce. */
const beginning = fc.record({
  does: fc.constant('begin' as const),
  price: fc.oneof({ weight: 3, arbitrary: fc.bigInt(0n, 20n) }, { weight: 1, arbitrary: cogsOfAnySize }),
  beside: fc.oneof({ weight: 4, arbitrary: fc.constant(0n) }, { weight: 1, arbitrary: fc.bigInt(-20n, 20n) }),
  nonce: fc.oneof({ weight: 6, arbitrary: fc.constant(1n) }, { weight: 1, arbitrary: fc.bigInt(0n, 2n) }),
})
const ending = fc.record({ does: fc.constantFrom('serve', 'fail', 'be refused by the store') })
const callsInAnyOrder = fc.array(fc.oneof(beginning, ending), { maxLength: 60 })

test('whatever begins, is served and fails in whatever order: amounts only grow, never exceed the value, and each call earns exactly its price', async () => {
  await fc.assert(
    fc.asyncProperty(cogsOfAnySize, callsInAnyOrder, async (value, script) => {
      const world = new World()
      world.chain = aChannel({ value: cogs(value), nonce: channelNonce(1n) })
      let authorized = 0n
      let open: { readonly amount: bigint; readonly reservation: Reservation } | undefined
      for (const step of script) {
        if ('price' in step) {
          const { price, beside, nonce } = step
          const amount = authorized + price + beside
          if (amount < 0n || amount > MOST) continue
          world.price = price
          const payment = aPayment({ amount: cogs(amount), nonce: channelNonce(nonce) })
          const reservation = await world.reserve(payment).catch(() => undefined)
          expect(reservation !== undefined).toBe(!open && nonce === 1n && beside === 0n && amount <= value)
          if (reservation) open = { amount, reservation }
        } else if (open) {
          const { amount, reservation } = open
          if (step.does === 'be refused by the store') world.commitFails = new SnetError('storage-failed', 'no room')
          if (step.does !== 'fail') await reservation.commit().catch(() => undefined)
          if (step.does === 'serve') authorized = amount
          world.commitFails = undefined
          await reservation[Symbol.asyncDispose]()
          open = undefined
        }
        expect(world.records.get(7n)?.authorized ?? 0n).toBe(authorized)
        expect(world.held.size).toBe(open ? 1 : 0)
      }
    }),
    { numRuns: 300 },
  )
})

test('channel ids are kept apart', async () => {
  const world = new World()
  await world.pay(aPayment())
  world.chain = aChannel({ id: channelId(8n) })
  world.cachedChain = undefined
  await world.pay(aPayment({ channel: channelId(8n) }))
  expect([...world.records.keys()]).toEqual([7n, 8n])
})

describe('a price that the service names itself', () => {
  test('is what the payment has to bring in, and the channel is free while the service is asked', async () => {
    const world = new World()
    let whileAsked = -1
    world.quote = async () => {
      whileAsked = world.held.size
      return 25n
    }
    await expect(world.pay(aPayment())).rejects.toThrow('income 10 does not equal to price 25')
    await world.pay(aPayment({ amount: cogs(25n) }))
    expect(whileAsked).toBe(0)
    expect(world.records.get(7n)?.authorized).toBe(25n)
  })

  test('is not asked for a stranger', async () => {
    const world = new World()
    let asked = 0
    world.quote = async () => BigInt(asked++)
    await expect(world.pay(aPayment({ signature: signedBy(stranger) }))).rejects.toThrow('not signed by')
    expect(asked).toBe(0)
  })

  test('and cannot be had, is told after all that is wrong with the payment itself, and leaves the channel free', async () => {
    const world = new World()
    world.quote = () => Promise.reject(new Error('internal error: no price'))
    await expect(world.pay(aPayment({ nonce: channelNonce(2n) }))).rejects.toThrow('incorrect payment channel nonce')
    await expect(world.pay(aPayment())).rejects.toThrow('internal error: no price')
    expect(world.held.size).toBe(0)
  })
})

describe('a claim that the provider sent past the daemon', () => {
  test('leaves what was signed under the old nonce in the store as a claim, with the first payment under the new one', async () => {
    const world = new World()
    const before = aRecord({ authorized: cogs(40n), signature: signedBy(signer) })
    world.records.set(7n, before)
    world.chain = aChannel({ nonce: channelNonce(4n), value: cogs(960n) })
    await world.pay(aPayment({ nonce: channelNonce(4n) }))
    const claim = { channel: 7n, nonce: 3n, amount: 40n, signature: signedBy(signer) }
    expect(world.writes).toMatchObject([{ channel: { nonce: 4n, authorized: 10n }, claim }])
    // The chain takes it back: the nonces are as after a claim of our own, and its signature is there.
    world.chain = aChannel()
    expect(await world.payments.channelState({ channel: before.id, block: 500n, signature: signedBy(signer) })).toEqual(
      {
        nonce: 4n,
        current: { amount: 10n, signature: signedBy(signer) },
        old: { amount: 40n, signature: signedBy(signer) },
      },
    )
    await world.pay(aPayment({ nonce: channelNonce(4n), amount: cogs(20n) }))
    expect(world.writes.at(-1)?.claim).toBeUndefined()
  })

  test('is seen at the latest when so many payments were accepted on one reading', async () => {
    const world = new World()
    world.spendLimit = 3
    await world.pay(aPayment())
    world.chain = aChannel({ nonce: channelNonce(4n) })
    for (const amount of [20n, 30n, 40n]) await world.pay(aPayment({ amount: cogs(amount) }))
    await expect(world.pay(aPayment({ amount: cogs(50n) }))).rejects.toThrow('latest: 4, sent: 3')
    expect(world.held.size).toBe(0)
  })

  test('does not keep clients from paying while the node is away', async () => {
    const world = new World()
    world.spendLimit = 0
    await world.pay(aPayment())
    world.chainAway = true
    await world.pay(aPayment({ amount: cogs(20n) }))
    expect(world.records.get(7n)?.authorized).toBe(20n)
  })
})
