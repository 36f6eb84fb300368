import { Interface } from 'ethers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EscrowTokenBalances } from '../../../../src/daemon/chain/token-balances.js'
import { wholeTokens } from '../../../../src/daemon/chain/whole-tokens.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { type Address, blockNumber } from '../../../../src/shared/units.js'

const MPE = toAddress(`0x${'11'.repeat(20)}`)
const TOKEN = toAddress(`0x${'22'.repeat(20)}`)
const OWNER = toAddress(`0x${'33'.repeat(20)}`)
const contracts = new Interface([
  'function token() view returns (address)',
  'function decimals() view returns (uint8)',
  'function balanceOf(address) view returns (uint256)',
])

/** A token with 8 decimals, and a node that counts what it is asked. */
function openWorld({ burst = 10, freshMs = 1_000 } = {}) {
  const world = { balance: 0n, block: 5n, now: 0, asked: [] as string[], isAway: false }
  const answers: Record<string, () => unknown> = {
    token: () => TOKEN,
    decimals: () => 8,
    balanceOf: () => world.balance,
  }
  const call = async (to: string, data: string): Promise<string> => {
    const { name } = contracts.parseTransaction({ data }) as { name: string }
    world.asked.push(`${to === MPE ? 'escrow' : 'token'}.${name}`)
    if (world.isAway) throw new Error('away')
    return contracts.encodeFunctionResult(name, [answers[name]?.()])
  }
  const blocks = { current: () => blockNumber(world.block), refresh: async () => blockNumber(world.block) }
  const config = { mpe: MPE, freshMs, maxOwners: 10, reads: { burst, perSecond: 0 } }
  const balances = new EscrowTokenBalances(config, { rpc: { call }, blocks, now: () => world.now })
  return { world, holds: (tokens = 10, owner: Address = OWNER) => balances.holds(owner, tokens) }
}

test('a wallet is judged by the decimals of the escrow’s own token', async () => {
  const { world, holds } = openWorld()
  world.balance = 10n * 10n ** 8n - 1n
  expect(await holds()).toBe(false)
  world.block++
  world.balance++
  expect(await holds()).toBe(true)
  expect(world.asked).toEqual(['escrow.token', 'token.decimals', 'token.balanceOf', 'token.balanceOf'])
})

test('a balance that was enough counts for a while, and one that was not until the next block', async () => {
  const { world, holds } = openWorld()
  const reads = () => world.asked.filter((name) => name === 'token.balanceOf').length
  expect(await Promise.all([holds(), holds(), holds()])).toEqual([false, false, false])
  expect(reads()).toBe(1)
  world.balance = 10n ** 9n
  expect(await holds()).toBe(false)
  world.block++
  expect([await holds(), await holds()]).toEqual([true, true])
  world.block++
  expect(await holds()).toBe(true)
  expect(reads()).toBe(2)
  world.now += 1_001
  world.balance = 0n
  expect(await holds()).toBe(false)
  expect(reads()).toBe(3)
})

test('wallets are read within a budget, and a node that was away is asked again', async () => {
  const { world, holds } = openWorld({ burst: 2 })
  world.isAway = true
  await expect(holds()).rejects.toThrow('away')
  world.isAway = false
  expect(await holds()).toBe(false)
  await expect(holds(10, MPE)).rejects.toMatchObject({ kind: 'unavailable' })
})

test('whole tokens become units by whatever number of decimals, rounded up', () => {
  expect(wholeTokens(10, 18)).toBe(10n ** 19n)
  expect(wholeTokens(0.1, 18)).toBe(10n ** 17n)
  expect(wholeTokens(0.25, 1)).toBe(3n)
  expect(wholeTokens(1e-7, 8)).toBe(10n)
  expect(wholeTokens(1e-9, 8)).toBe(1n)
  expect(wholeTokens(1.5e21, 2)).toBe(15n * 10n ** 22n)
  fc.assert(
    fc.property(fc.nat(), fc.nat(40), (tokens, decimals) => {
      expect(wholeTokens(tokens, decimals)).toBe(BigInt(tokens) * 10n ** BigInt(decimals))
    }),
  )
})
