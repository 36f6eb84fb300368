import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMemoryRecords } from '../../../../../src/daemon/storage/memory/memory-records.js'
import type { RecordStore } from '../../../../../src/daemon/storage/record-store.js'
import { type Reservation, reservePrepaid } from '../../../../../src/daemon/payments/index.js'
import { Cancellation } from '../../../../../src/shared/cancellation.js'
import { live } from '../../../../../src/shared/live.js'
import { signJwt } from '../../../../../src/shared/jwt.js'
import { blockNumber, channelId, channelNonce, cogs, ZERO_ADDRESS } from '../../../../../src/shared/units.js'
import { aChannel, aRecord, METHOD, sender, stranger, World } from '../world.js'
import { NOW, SECRET } from '../../../../support/prepaid-deps.js'
import { aTokenRequest, Replica } from './replica.js'

const EXCEEDED = 'internal error: Usage Exceeded on channel Id 7'
const CLAIMS = { exp: NOW / 1_000 + 60, groupId: 'q6s=', orgId: 'org', payload: '7', userAddress: sender }
const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'served',
    (refusal: Error) => refusal.message,
  )

/** A daemon on whose channel this much is planned, and its token. */
async function planned(amount: bigint, world = new World()) {
  const replica = new Replica(world)
  const { token } = await replica.ask(aTokenRequest(amount))
  return { world, replica, token }
}

test('calls at once are let in up to the plan exactly, and no channel is held', async () => {
  const { replica, token } = await planned(100n)
  const outcomes = await Promise.all(Array.from({ length: 15 }, () => outcome(replica.call(token))))
  expect(outcomes.filter((text) => text === 'served')).toHaveLength(10)
  expect(outcomes.filter((text) => text === EXCEEDED)).toHaveLength(5)
  expect(await replica.usage()).toMatchObject({ planned: 100n, used: 100n, refunded: 0n, inFlight: new Map() })
})

test('a call under way counts, and one that fails costs nothing', async () => {
  const { replica, token } = await planned(20n)
  const [first, second] = [await replica.begin(token), await replica.begin(token)]
  expect(await outcome(replica.call(token))).toBe(EXCEEDED)
  await first[Symbol.asyncDispose]()
  await replica.call(token)
  await second.commit()
  await second[Symbol.asyncDispose]()
  expect(await outcome(replica.call(token))).toBe(EXCEEDED)
  expect(await replica.usage()).toMatchObject({ planned: 20n, used: 30n, refunded: 10n, inFlight: new Map() })
})

test('the holder of the token pays the price', async () => {
  const { replica, token } = await planned(20n)
  await using call = await replica.begin(token)
  expect(call).toMatchObject({ payer: sender, income: 10n })
  const nameless = signJwt({ ...CLAIMS, userAddress: undefined }, SECRET)
  await using other = await replica.begin(nameless)
  expect(other.payer).toBe(ZERO_ADDRESS)
})

describe('a call is refused', () => {
  const forged = (claims: object, secret = SECRET) => signJwt({ ...CLAIMS, ...claims }, secret)
  const tokens: [name: string, token: string, text: string][] = [
    [
      'of another channel',
      forged({ payload: '8' }),
      'payload 8 used to generate the Token doesnt match expected values',
    ],
    ['of another organisation', forged({ orgId: 'them' }), 'organization them is not associated with this Daemon'],
    ['of another group', forged({ groupId: 'AAA=' }), 'groupId AAA= is not associated with this Daemon'],
    ['that has expired', forged({ exp: NOW / 1_000 }), 'token has invalid claims: token is expired'],
    ['of another secret', forged({}, 'x'.repeat(32)), 'token signature is invalid: signature is invalid'],
  ]
  test.each(tokens)('for a token %s', async (_name, token, text) => {
    const { replica } = await planned(100n)
    await expect(replica.call(token)).rejects.toMatchObject({ kind: 'forbidden', message: `internal error: ${text}` })
    expect((await replica.usage()).used).toBe(0n)
  })

  test('in the order price, channel, token, usage', async () => {
    const { world, replica } = await planned(100n)
    const told = async () => await outcome(replica.call('x', 9n))
    world.price = undefined
    world.chain = world.cachedChain = undefined
    expect(await told()).toBe(`internal error: price is not defined for the Method ${METHOD}`)
    world.price = 1_000n
    expect(await told()).toBe('payment channel "{ID: 7}" not found')
    world.chain = aChannel({ expiration: blockNumber(600n) })
    expect(await told()).toBe('incorrect payment channel nonce, latest: 3, sent: 9')
    const expired =
      'payment channel is near to be expired, expiration time: 600, current block: 500, expiration threshold: 100'
    expect(await outcome(replica.call('x', 3n))).toBe(expired)
    world.chain = world.cachedChain = aChannel()
    expect(await outcome(replica.call('x', 3n))).toMatch('internal error: token is malformed')
    expect(await outcome(replica.call(signJwt(CLAIMS, SECRET), 3n))).toBe(EXCEEDED)
  })

  test('with the kinds that clients know', async () => {
    const { world, replica, token } = await planned(10n)
    await expect(replica.call(token, 9n)).rejects.toMatchObject({ kind: 'stale-nonce' })
    world.chain = world.cachedChain = aChannel({ recipient: stranger })
    await expect(replica.call(token)).rejects.toMatchObject({
      kind: 'forbidden',
      message:
        'payment channel error: recipient Address from org metadata does not Match on what was retrieved from Channel',
    })
    world.chain = world.cachedChain = aChannel({ expiration: blockNumber(600n) })
    await expect(replica.call(token)).rejects.toMatchObject({ kind: 'payment-rejected' })
    world.chain = world.cachedChain = aChannel()
    await replica.call(token)
    await expect(replica.call(token)).rejects.toMatchObject({ kind: 'forbidden', message: EXCEEDED })
  })

  test('without a token before the service is asked for its price; with one, it is', async () => {
    const { replica, token } = await planned(100n)
    const prices = live({ askedAt: () => '/a.B/price', priceOf: () => undefined })
    const quoted: string[] = []
    const quote = async (at: string) => {
      quoted.push(at)
      return cogs(40n)
    }
    const reserve = (shown: string) =>
      reservePrepaid(
        { ...replica.deps, prices },
        { channel: channelId(7n), token: shown, nonce: undefined },
        { method: METHOD, cancelled: new Cancellation(), quote },
      )
    expect(await outcome(reserve('x'))).toMatch('internal error: token is malformed')
    expect(quoted).toEqual([])
    expect((await reserve(token)).income).toBe(40n)
    expect(quoted).toEqual(['/a.B/price'])
  })

  test('where nothing was planned', async () => {
    expect(await outcome(new Replica(new World()).call(signJwt(CLAIMS, SECRET)))).toBe(EXCEEDED)
  })
})

describe('the nonce', () => {
  test('that is not sent is not judged; the stored one and that of the chain are right', async () => {
    const { world, replica, token } = await planned(100n)
    await replica.call(token)
    await replica.call(token, 3n)
    // A claim was started: the stored record is one ahead of the chain.
    {
      await using hold = await replica.channels.hold(channelId(7n))
      await hold.commit({ channel: aRecord({ nonce: channelNonce(4n) }) })
    }
    await replica.call(token, 3n)
    await replica.call(token, 4n)
    expect(await outcome(replica.call(token, 5n))).toBe('incorrect payment channel nonce, latest: 4, sent: 5')
    // It was settled, and another one outside, so that the stored record is one behind.
    world.chain = world.cachedChain = aChannel({ nonce: channelNonce(5n) })
    await replica.call(token, 4n)
    await replica.call(token, 5n)
    expect(await outcome(replica.call(token, 3n))).toBe('incorrect payment channel nonce, latest: 5, sent: 3')
  })
})

describe('a cached reading of the channel', () => {
  test('is read again before a holder of a token is refused, and not for anybody else', async () => {
    const { world, replica, token } = await planned(100n)
    world.cachedChain = aChannel({ expiration: blockNumber(550n) })
    const before = world.refreshes
    expect(await outcome(replica.call('x'))).toMatch('payment channel is near to be expired')
    expect(world.refreshes).toBe(before)
    await replica.call(token)
    expect(world.refreshes).toBe(before + 1)
  })
})

describe('when the store fails', () => {
  const failing = (fails: { now: boolean }): RecordStore => {
    const records = createMemoryRecords()
    return {
      ...records,
      changeRow: async (...change) => {
        if (fails.now) throw new Error('no room')
        return await records.changeRow(...change)
      },
    }
  }
  const text = 'internal error: Error in executing ExecuteTransaction for usage type  U on channel 7 '

  test('at the begin, the call is refused and costs nothing', async () => {
    const fails = { now: false }
    const replica = new Replica(new World(), failing(fails))
    const { token } = await replica.ask(aTokenRequest(10n))
    fails.now = true
    await expect(replica.call(token)).rejects.toMatchObject({ kind: 'storage-failed', message: text })
    fails.now = false
    await replica.call(token)
  })

  test('at the end, the call is not served, and what it cost is given back when the store is there again', async () => {
    const fails = { now: false }
    const replica = new Replica(new World(), failing(fails))
    const { token } = await replica.ask(aTokenRequest(10n))
    {
      await using call = await replica.begin(token)
      fails.now = true
      await expect(call.commit()).rejects.toMatchObject({ kind: 'storage-failed', message: text })
    }
    expect(await outcome(replica.call(token))).toBe(text)
    fails.now = false
    await replica.call(token)
    expect(await replica.usage()).toMatchObject({ used: 20n, refunded: 10n, inFlight: new Map() })
    expect(await outcome(replica.call(token))).toBe(EXCEEDED)
  })
})

test('what a process had in flight is given back when it is gone, and what it served is not', async () => {
  const records = createMemoryRecords()
  const world = new World()
  const first = new Replica(world, records, 'first')
  const { token } = await first.ask(aTokenRequest(30n))
  await first.call(token)
  await first.begin(token)
  await first.begin(token)
  expect(await outcome(first.call(token))).toBe(EXCEEDED)
  const second = new Replica(world, records, 'second')
  expect(await second.ask(aTokenRequest(30n))).toMatchObject({ planned: 30n, used: 10n })
  await second.call(token)
  await second.call(token)
  expect(await outcome(second.call(token))).toBe(EXCEEDED)
  expect(await second.usage()).toEqual({ planned: 30n, used: 50n, refunded: 20n, inFlight: new Map() })
})

/** Amounts of everyday size, and of the largest there are. */
const amounts = fc.oneof(fc.bigInt(0n, 60n), fc.bigInt(2n ** 256n - 60n, 2n ** 256n - 1n))
const steps = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ does: fc.constant('plan' as const), amount: amounts }) },
    { weight: 4, arbitrary: fc.record({ does: fc.constant('begin' as const), price: amounts }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('serve' as const), which: fc.nat(9) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('fail' as const), which: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('crash' as const) }) },
  ),
  { maxLength: 40 },
)

/** What is right: a plan, what was served of it, and what is under way. */
class Model {
  planned = 0n
  served = 0n
  readonly underWay: { readonly price: bigint; readonly reservation: Reservation }[] = []

  get left(): bigint {
    return this.planned - this.served - this.underWay.reduce((sum, { price }) => sum + price, 0n)
  }
}

test('whatever is begun, served, failed and killed in whatever order, the plan is used up to its bound exactly', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const records = createMemoryRecords()
      const world = new World()
      world.chain = world.cachedChain = aChannel({ value: cogs(2n ** 256n - 1n) })
      const model = new Model()
      const token = signJwt(CLAIMS, SECRET)
      let replica = new Replica(world, records, '0')
      for (const [i, step] of script.entries()) {
        if (step.does === 'plan') {
          const amount = model.planned + step.amount
          const asked = outcome(replica.ask(aTokenRequest(amount < 2n ** 256n ? amount : model.planned)))
          expect(await asked).toBe('served')
          if (amount < 2n ** 256n) model.planned = amount
        } else if (step.does === 'begin') {
          world.price = step.price
          const begun = await replica.begin(token).catch((refusal: Error) => refusal)
          if (step.price <= model.left) model.underWay.push({ price: step.price, reservation: begun as Reservation })
          else expect((begun as Error).message).toBe(EXCEEDED)
        } else if (step.does === 'crash') {
          replica = new Replica(world, records, String(i + 1))
          model.underWay.length = 0
        } else {
          const [ended] = model.underWay.splice(step.which % (model.underWay.length || 1), 1)
          if (step.does === 'serve') await ended?.reservation.commit()
          await ended?.reservation[Symbol.asyncDispose]()
          if (step.does === 'serve') model.served += ended?.price ?? 0n
        }
        const { planned: plan, used, refunded } = await replica.usage()
        expect(plan).toBe(model.planned)
        expect(plan - (used - refunded)).toBe(model.left)
      }
    }),
    { numRuns: 100 },
  )
})

test('many calls of several processes’ lives at once never use more than the plan', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt(0n, 100n),
      fc.array(fc.record({ price: fc.bigInt(0n, 30n), ends: fc.constantFrom('serve', 'fail', 'crash') }), {
        maxLength: 30,
      }),
      async (plan, calls) => {
        const records = createMemoryRecords()
        const world = new World()
        const first = new Replica(world, records, 'first')
        const { token } = await first.ask(aTokenRequest(plan))
        let served = 0n
        await Promise.all(
          calls.map(async ({ price, ends }) => {
            const reservation = await first.begin(token, undefined, price).catch(() => undefined)
            if (ends === 'crash' || !reservation) return
            if (ends === 'serve') await reservation.commit().then(() => (served += price))
            await reservation[Symbol.asyncDispose]()
          }),
        )
        expect(served <= plan).toBe(true)
        const { used, refunded, inFlight } = await new Replica(world, records, 'second').usage()
        expect([used - refunded, inFlight.size]).toEqual([served, 0])
      },
    ),
    { numRuns: 100 },
  )
})
