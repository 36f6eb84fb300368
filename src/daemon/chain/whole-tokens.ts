/** Whole tokens in the smallest unit of a token with so many decimals, rounded up. */
export function wholeTokens(tokens: number, decimals: number): bigint {
  // The shortest decimal text of a number is what was written in the settings.
  const [, whole = '0', fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(tokens)) ?? []
  const digits = BigInt(whole + fraction)
  const shift = decimals + Number(exponent) - fraction.length
  if (shift >= 0) return digits * 10n ** BigInt(shift)
  const divisor = 10n ** BigInt(-shift)
  return (digits + divisor - 1n) / divisor
}
