/**
 * What the escrow contract uses, measured on it: for one claim alone, and for each of many in one transaction beside what
 * the transaction itself takes. From two on, together is cheaper.
 */
const ALONE = 80_000n
const TOGETHER = 30_000n
const EACH = 50_000n

/** A transaction has to fit a block among others. */
export const MAX_TOGETHER = 50

/** About what so many claims will use. */
function estimateGas(claims: number): bigint {
  if (claims === 1) return ALONE
  const transactions = BigInt(Math.ceil(claims / MAX_TOGETHER))
  return transactions * TOGETHER + BigInt(claims) * EACH
}

/** What a plan costs. */
export interface PlanCosts {
  /** About, in wei. */
  readonly gas: bigint
  /** The price of a whole token, in wei, from which on a claim of so many cogs is worth its share of the gas. */
  readonly breakEven: (amount: bigint) => bigint
}

export function planCosts(
  { claims, gasPrice }: { readonly claims: readonly unknown[]; readonly gasPrice: bigint },
  { decimals }: { readonly decimals: number },
): PlanCosts {
  const gas = claims.length === 0 ? 0n : estimateGas(claims.length) * gasPrice
  const share = claims.length === 0 ? 0n : gas / BigInt(claims.length)
  const whole = 10n ** BigInt(decimals)
  return { gas, breakEven: (amount) => (amount === 0n ? 0n : (share * whole + amount - 1n) / amount) }
}
