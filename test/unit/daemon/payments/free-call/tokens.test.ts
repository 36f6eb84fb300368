import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFreeCallSignatures } from '../../../../../src/daemon/chain/index.js'
import { formatToken, parseToken } from '../../../../../src/daemon/payments/free-call/token.js'
import { SnetError } from '../../../../../src/shared/errors.js'
import { GRPC_STATUS } from '../../../../../src/shared/wire/index.js'
import {
  A,
  B,
  type Caller,
  FreeCallWorld,
  KEY_A,
  KEY_B,
  KEY_C,
  NAMES,
  proofOf,
  tokenRequest,
} from '../../../../support/free-call-world.js'

const TOKEN =
  '994453fce87950c6d2155c3627674aafcbc10d834d7d883cdaeaa2de9a8dfc647b77346100d9830c59bce12b3514643fd0bfa625e3b452ca58f72689ac051caa015f31343037333637'

const refusal = async (asked: Promise<unknown>): Promise<{ code: number; text: string }> => {
  const failed = await asked.then(
    () => expect.unreachable('it was answered'),
    (fault: unknown) => fault,
  )
  expect(failed).toBeInstanceOf(SnetError)
  const { kind, message } = failed as SnetError
  return { code: GRPC_STATUS[kind], text: message }
}

const ask = (world: FreeCallWorld, caller?: Caller) => world.calls.issueToken(tokenRequest(world.block, caller))

describe('a token', () => {
  test('is the one that the reference makes of the same request', async () => {
    const { token, expiration } = await ask(new FreeCallWorld())
    expect([Buffer.from(token).toString('hex'), expiration]).toEqual([TOKEN, 1_407_367n])
  })

  test.each([
    ['as asked', 7n, 1_234_574n],
    ['for the block of now alone', 0n, 1_234_567n],
    ['not longer than 172800 blocks', 172_801n, 1_407_367n],
    ['without a wish as long as it may', undefined, 1_407_367n],
  ])('lives %s', async (_name, lifetime, expiration) => {
    const world = new FreeCallWorld()
    const issued = await ask(world, lifetime === undefined ? {} : { lifetime })
    expect(issued.expiration).toBe(expiration)
    expect(parseToken(issued.token).expiration).toBe(expiration)
  })

  test('is read back as it was written, separators in its signature included', () => {
    const signature = fc.uint8Array({ minLength: 65, maxLength: 65 })
    fc.assert(
      fc.property(signature, fc.bigInt(0n, 2n ** 64n - 1n), (bytes, expiration) => {
        const read = parseToken(formatToken({ signature: bytes, expiration }))
        expect([[...read.signature], read.expiration]).toEqual([[...bytes], expiration])
      }),
    )
  })

  test('of the user of a trusted signer is for this user, and needs no tokens in the wallet', async () => {
    const world = new FreeCallWorld()
    world.balance = false
    const caller = { address: B, key: KEY_B, userId: 'user@example.com' }
    const token = await world.token(caller)
    expect(await world.calls.countAvailable(proofOf(world.block, token, caller))).toBe(2n)
    expect(
      await refusal(world.calls.countAvailable(proofOf(world.block, token, { ...caller, userId: 'other' }))),
    ).toEqual({
      code: 16,
      text: 'token sign is not valid',
    })
    expect(world.asked).toEqual([])
  })

  test('asks for the balance that the settings name, and for none when that is 0', async () => {
    const world = new FreeCallWorld()
    await ask(world)
    expect(world.asked).toEqual([[A, 10]])
    const free = new FreeCallWorld({ minBalance: 0 })
    free.balance = false
    await ask(free)
    expect(free.asked).toEqual([])
  })
})

describe('no token is made', () => {
  const STALE = { code: 16, text: 'authentication failed as the signature passed has expired' }
  test.each<[string, (world: FreeCallWorld) => Promise<unknown>, { code: number; text: string }]>([
    [
      'for a signature that is too short',
      (w) => w.calls.issueToken({ ...tokenRequest(w.block), signature: new Uint8Array(64) }),
      { code: 16, text: 'incorrect signature length' },
    ],
    [
      'for a signature that is none',
      (w) => w.calls.issueToken({ ...tokenRequest(w.block), signature: new Uint8Array(65) }),
      { code: 16, text: 'incorrect signature data' },
    ],
    [
      'for another address than the signer’s',
      (w) => ask(w, { address: B }),
      { code: 16, text: `invalid signer, ${B} (from request) is not equal to ${A} (signer)` },
    ],
    [
      'for what is no address',
      (w) => ask(w, { address: 'me' }),
      { code: 16, text: `invalid signer, me (from request) is not equal to ${A} (signer)` },
    ],
    ['for a block too old', (w) => ask(w, { block: w.block - 6n }), STALE],
    ['for a block too new', (w) => ask(w, { block: w.block + 6n }), STALE],
    [
      'for the user of a signer who is not trusted',
      (w) => ask(w, { userId: 'user@example.com' }),
      {
        code: 7,
        text: 'your address is not trusted by this service provider, the use of user_id is not allowed',
      },
    ],
    [
      'for a wallet with less than is asked for',
      (w) => {
        w.balance = false
        return ask(w)
      },
      { code: 7, text: 'you must have at least 10 FET (ASI) in your balance to use free calls' },
    ],
    [
      'for a user id that is too long',
      (w) => ask(w, { address: B, key: KEY_B, userId: 'é'.repeat(129) }),
      { code: 3, text: 'the user id has 258 bytes, at most 256 are taken' },
    ],
    [
      'while no block is known',
      (w) => {
        w.isAway = true
        return ask(w)
      },
      { code: 14, text: 'cannot determine current block' },
    ],
  ])('%s', async (_name, asked, expected) => {
    expect(await refusal(asked(new FreeCallWorld()))).toEqual(expected)
  })

  test('for users to whom the service is not open', async () => {
    const world = new FreeCallWorld({ mayPay: (signer) => signer === B })
    const text = 'you are not Authorized to call this service during curation process'
    expect(await refusal(ask(world))).toEqual({ code: 7, text })
  })

  test.each([
    ['without a key', { signatures: createFreeCallSignatures(NAMES, undefined) }],
    ['with another key than the published one', { signatures: createFreeCallSignatures(NAMES, KEY_B) }],
  ])('%s, and none are counted, in the words of the reference', async (_name, changes) => {
    const world = new FreeCallWorld(changes)
    const why = 'because blockchain is disabled, contact service provider'
    expect(await refusal(ask(world))).toEqual({ code: 9, text: `error in generating token ${why}` })
    expect(await refusal(world.calls.countAvailable(proofOf(world.block, Buffer.from(TOKEN, 'hex'))))).toEqual({
      code: 9,
      text: `error in determining free calls ${why}`,
    })
    // Tokens that were made before go on paying.
    await world.call(proofOf(world.block, Buffer.from(TOKEN, 'hex')))
  })
})

describe('the calls that are left', () => {
  const left = async (world: FreeCallWorld, caller: Caller = {}) =>
    await world.calls.countAvailable(proofOf(world.block, await world.token(caller), caller))

  test('are the published ones less those that were made', async () => {
    const world = new FreeCallWorld()
    expect(await left(world)).toBe(2n)
    await world.call(proofOf(world.block, await world.token()))
    expect(await left(world)).toBe(1n)
    await world.call(proofOf(world.block, await world.token()))
    expect(await left(world)).toBe(0n)
    world.terms.replace({ ...world.terms.current, quota: 1n })
    expect(await left(world)).toBe(0n)
  })

  test.each([
    ['of his own', 5n, 5n],
    ['without a limit', 'unlimited', 99_999_999n],
    ['of none of his own', 0n, 2n],
  ] as const)('are those of an address with a quota %s', async (_name, quota, expected) => {
    expect(await left(new FreeCallWorld({ quotas: new Map([[A, quota]]) }))).toBe(expected)
  })

  test('are asked for with a block that is only known to the node', async () => {
    const world = new FreeCallWorld()
    const token = await world.token()
    world.newest = (world.block + 20n) as never
    expect(await world.calls.countAvailable(proofOf(world.block + 20n, token))).toBe(2n)
    expect(world.blockReads).toBe(1)
  })

  test.each<[string, Uint8Array, number, string]>([
    ['without an underscore', Buffer.from('abc'), 3, "no '_' found"],
    ['without a block', Buffer.from('abc_'), 3, 'invalid block number'],
    ['with a negative block', Buffer.from('abc_-1'), 3, 'invalid block number'],
    ['with a block beyond 64 bits', Buffer.from('abc_18446744073709551616'), 3, 'invalid block number'],
    ['of nobody', Buffer.from('abc_1407367'), 16, 'token sign is not valid'],
    [
      'of somebody else',
      formatToken({
        signature: createFreeCallSignatures(NAMES, KEY_A).signToken({ address: A, userId: '' }, 1_407_367n),
        expiration: 1_407_367n,
      }),
      16,
      'token sign is not valid',
    ],
    [
      'of an earlier time',
      formatToken({
        signature: createFreeCallSignatures(NAMES, KEY_C).signToken({ address: A, userId: '' }, 1_234_566n),
        expiration: 1_234_566n,
      }),
      16,
      'authentication failed as the Free Call Token passed has expired',
    ],
  ])('are not told for a token %s', async (_name, token, code, text) => {
    const world = new FreeCallWorld()
    expect(await refusal(world.calls.countAvailable(proofOf(world.block, token)))).toEqual({ code, text })
  })

  test('are not told to somebody else than the token’s', async () => {
    const world = new FreeCallWorld()
    const token = await world.token()
    expect(await refusal(world.calls.countAvailable(proofOf(world.block, token, { key: KEY_B })))).toEqual({
      code: 16,
      text: `sign is not valid: unauthorized signer: ${A} not equal ${B}, maybe invalid signature struct`,
    })
    expect(await refusal(world.calls.countAvailable(proofOf(world.block, token, { address: B, key: KEY_B })))).toEqual({
      code: 16,
      text: 'token sign is not valid',
    })
  })
})
