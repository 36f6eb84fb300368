import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reservation } from '../../../../../src/daemon/payments/index.js'
import { freeCallUseMessage, signMessage } from '../../../../../src/ethereum/index.js'
import { SnetError } from '../../../../../src/shared/errors.js'
import { PROXIED_STATUS } from '../../../../../src/shared/wire/index.js'
import { A, B, FreeCallWorld, KEY_A, KEY_B, NAMES, proofOf } from '../../../../support/free-call-world.js'

const refusal = async (asked: Promise<unknown>): Promise<readonly [code: number, text: string]> => {
  const failed = await asked.then(
    () => expect.unreachable('it was accepted'),
    (fault: unknown) => fault,
  )
  expect(failed).toBeInstanceOf(SnetError)
  const { kind, message } = failed as SnetError
  return [PROXIED_STATUS[kind], message]
}

const ID = `{ID:${A}//ExampleOrg/ExampleSvc/${NAMES.group}}`
const EXCEEDED = [
  13,
  'internal error: free call limit has been exceeded, calls made = 2, total free calls eligible = 2',
]

describe('a free call', () => {
  test('is counted once it has succeeded, and its caller is told to the service', async () => {
    const world = new FreeCallWorld()
    {
      await using reservation = await world.reserve(proofOf(world.block, await world.token()))
      expect([reservation.payer, reservation.income]).toEqual([A, 0n])
      expect(await world.made()).toBe(0n)
      await reservation.commit()
    }
    expect(await world.made()).toBe(1n)
  })

  test('costs nothing when it fails', async () => {
    const world = new FreeCallWorld()
    for (let i = 0; i < 5; i++) {
      await using _failed = await world.reserve(proofOf(world.block, await world.token()))
    }
    expect(await world.made()).toBe(0n)
    await world.call(proofOf(world.block, await world.token()))
  })

  test('is refused once all were made, in whatever spelling the address is sent', async () => {
    const world = new FreeCallWorld()
    const spellings = [A, A.toLowerCase(), `0x${A.slice(2).toUpperCase()}`, A.slice(2)]
    const tokens = await Promise.all(spellings.map((address) => world.token({ address })))
    const call = (i: number) =>
      world.call(proofOf(world.block, tokens[i] as Uint8Array, { address: spellings[i] as string }))
    await call(0)
    await call(1)
    for (const i of [0, 1, 2, 3]) expect(await refusal(call(i))).toEqual(EXCEEDED)
    expect(await world.made()).toBe(2n)
  })

  test('is one at a time for a user', async () => {
    const world = new FreeCallWorld()
    const proof = proofOf(world.block, await world.token())
    await using running = await world.reserve(proof)
    const upper = proofOf(world.block, await world.token({ address: A.toLowerCase() }), { address: A.toLowerCase() })
    expect(await refusal(world.reserve(upper))).toEqual([9, `another transaction on this user: ${ID} is in progress`])
    await running.commit()
    // Not before it is over: the answer still goes out.
    expect((await refusal(world.reserve(proof)))[0]).toBe(9)
    await running[Symbol.asyncDispose]()
    await world.call(proof)
    expect(await world.made()).toBe(2n)
  })

  test('of one user of a marketplace is not one of the others', async () => {
    const world = new FreeCallWorld()
    const users = ['a@example.com', 'b@example.com', ''].map((userId) => ({ address: B, key: KEY_B, userId }))
    for (const user of users)
      for (let i = 0; i < 2; i++) await world.call(proofOf(world.block, await world.token(user), user))
    for (const user of users) expect(await world.made(user)).toBe(2n)
  })

  test('of an address without a limit is counted, too', async () => {
    const world = new FreeCallWorld({ quotas: new Map([[A, 'unlimited']]) })
    const proof = proofOf(world.block, await world.token())
    for (let i = 0; i < 5; i++) await world.call(proof)
    expect(await world.made()).toBe(5n)
  })

  test('that was in flight when its daemon died is free again at once', async () => {
    const world = new FreeCallWorld()
    const proof = proofOf(world.block, await world.token())
    await world.reserve(proof)
    world.crash()
    await world.call(proof)
    expect(await world.made()).toBe(1n)
  })

  test('that lost its user counts nothing', async () => {
    const world = new FreeCallWorld()
    await using reservation = await world.reserve(proofOf(world.block, await world.token()))
    const reason = new SnetError('cancelled', 'the provider ended it')
    expect(await world.deps.holds.end(`${NAMES.service}/${A}/`, reason)).toBe(true)
    expect(reservation.lost.reason).toBe(reason)
    await expect(reservation.commit()).rejects.toBe(reason)
    expect(await world.made()).toBe(0n)
  })
})

describe('a free call is refused', () => {
  const failing = (at: 'read' | 'change' | 'take') => {
    const world = new FreeCallWorld()
    const fail = async (): Promise<never> => {
      throw new SnetError('storage-failed', 'the disk is gone')
    }
    const { counts, holds } = world.deps
    world.deps = {
      ...world.deps,
      counts: {
        read: at === 'read' ? fail : (key) => counts.read(key),
        change: at === 'change' ? fail : (key, change) => counts.change(key, change),
        plan: (key, change) => counts.plan(key, change),
        list: () => counts.list(),
        watch: (key, listener) => counts.watch(key, listener),
      },
      holds: { ...holds, take: at === 'take' ? fail : (key) => holds.take(key), end: fail, isHeld: fail },
    }
    return world
  }

  test.each([
    ['take', `cannot get mutex for user: ${ID}`],
    ['read', 'payment freeCallUserData error'],
    ['change', 'unable to store new transaction free call user state'],
  ] as const)('in the words that clients know when the store fails at %s, and the user is free', async (at, text) => {
    const world = failing(at)
    const proof = proofOf(world.block, await world.token())
    for (let i = 0; i < 2; i++) expect(await refusal(world.call(proof))).toEqual([13, text])
    world.crash()
    expect(await world.made()).toBe(0n)
  })

  test('with the codes and texts of the payment path', async () => {
    const world = new FreeCallWorld()
    const token = await world.token({ lifetime: 10n })
    const good = proofOf(world.block, token)
    const cases: [proof: typeof good, code: number, text: string][] = [
      [{ ...good, signature: new Uint8Array(1) }, 16, 'sign is not valid: incorrect signature length'],
      [{ ...good, signature: new Uint8Array(65) }, 16, 'sign is not valid: incorrect signature data'],
      [{ ...good, token: Buffer.from('x') }, 3, "invalid token: no '_' found"],
      [{ ...good, token: Buffer.from('x_y') }, 3, 'invalid token: invalid block number'],
      [proofOf(world.block, Buffer.concat([token, Buffer.from('1')])), 16, 'token sign is not valid'],
      [
        proofOf(world.block - 6n, token),
        13,
        'internal error: authentication failed as the signature passed has expired',
      ],
    ]
    for (const [proof, code, text] of cases) expect(await refusal(world.reserve(proof))).toEqual([code, text])
    world.block += 11n
    expect(await refusal(world.reserve(proofOf(world.block, token)))).toEqual([
      13,
      'internal error: authentication failed as the Free Call Token passed has expired',
    ])
    world.isAway = true
    expect((await refusal(world.reserve(good)))[0]).toBe(14)
  })

  test('of a service by a call that was signed for another one, whose token is good for both', async () => {
    const world = new FreeCallWorld()
    const token = await world.token()
    const names = { ...NAMES, service: 'OtherSvc', address: A, userId: '' }
    const signature = signMessage(KEY_A, freeCallUseMessage(names, world.block, token))
    const elsewhere = { address: A, userId: '', block: world.block, token, signature }
    const [code, text] = await refusal(world.reserve(elsewhere))
    expect([code, text]).toEqual([16, expect.stringMatching(/^sign is not valid: unauthorized signer: /)])
    expect(await world.made()).toBe(0n)
    await world.call(proofOf(world.block, token))
    expect(await world.made()).toBe(1n)
  })

  test('where the service is not open to its caller, whatever token he has', async () => {
    const world = new FreeCallWorld()
    const proof = proofOf(world.block, await world.token())
    world.deps = { ...world.deps, mayPay: () => false }
    const text = 'internal error: you are not Authorized to call this service during curation process'
    expect(await refusal(world.reserve(proof))).toEqual([13, text])
  })
})

type Step = { readonly kind: 'start' | 'succeed' | 'fail'; readonly user: number } | { readonly kind: 'crash' }

/** Two spellings of one user, another address, and two users of a marketplace. */
const CALLERS = [
  { address: A, who: 0 },
  { address: A.toLowerCase(), who: 0 },
  { address: B, key: KEY_B, who: 1 },
  { address: B, key: KEY_B, userId: 'a', who: 2 },
  { address: B, key: KEY_B, userId: 'b', who: 3 },
]
const USERS = [{}, { address: B }, { address: B, userId: 'a' }, { address: B, userId: 'b' }]

test('whatever starts, succeeds, fails and crashes in whatever order, a user gets his quota and not one more', async () => {
  const proofs = await Promise.all(
    CALLERS.map(async (caller) => {
      const world = new FreeCallWorld()
      return proofOf(world.block, await world.token(caller), caller)
    }),
  )
  const step = fc.oneof(
    { weight: 9, arbitrary: fc.record({ kind: fc.constantFrom('start', 'succeed', 'fail'), user: fc.nat(4) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'crash' } as const) },
  ) as fc.Arbitrary<Step>
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 15 }),
      fc.bigInt(0n, 4n),
      async (turns, quota) => {
        const world = new FreeCallWorld()
        world.terms.replace({ ...world.terms.current, quota })
        const served = USERS.map(() => 0n)
        let running: { who: number; reservation: Reservation }[] = []
        let processes = 0
        const run = async (one: Step): Promise<void> => {
          if (one.kind === 'crash') {
            processes++
            running = []
            return world.crash()
          }
          const { who } = CALLERS[one.user] as { who: number }
          if (one.kind === 'start') {
            const process = processes
            const reservation = await world.reserve(proofs[one.user] as never).catch(() => undefined)
            // One that was asked of a process that is dead is answered to nobody.
            if (reservation && process === processes) running.push({ who, reservation })
            return
          }
          const at = running.findIndex((each) => each.who === who)
          const [taken] = at < 0 ? [] : running.splice(at, 1)
          if (!taken) return
          if (one.kind === 'succeed') {
            await taken.reservation.commit()
            served[who] = (served[who] as bigint) + 1n
          }
          await taken.reservation[Symbol.asyncDispose]()
        }
        // Steps of one turn run side by side.
        for (const turn of turns) await Promise.all(turn.map(run))
        running = []
        world.crash()
        for (const [who, user] of USERS.entries()) {
          expect(await world.made(user)).toBe(served[who])
          expect((served[who] as bigint) <= quota).toBe(true)
          const proof = proofs[CALLERS.findIndex((caller) => caller.who === who)] as never
          for (let left = quota - (served[who] as bigint); left > 0n; left--) await world.call(proof)
          await expect(world.call(proof)).rejects.toThrow('limit has been exceeded')
        }
      },
    ),
    { numRuns: 60 },
  )
})
