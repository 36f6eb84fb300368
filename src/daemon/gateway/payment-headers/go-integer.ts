const DIGITS: readonly { readonly pattern: RegExp; readonly prefix: string }[] = [
  { pattern: /^0[xX](?:_?[0-9a-fA-F])+$/, prefix: '0x' },
  { pattern: /^0[bB](?:_?[01])+$/, prefix: '0b' },
  { pattern: /^0[oO](?:_?[0-7])+$/, prefix: '0o' },
  { pattern: /^0(?:_?[0-7])+$/, prefix: '0o' },
  { pattern: /^(?:0|[1-9](?:_?[0-9])*)$/, prefix: '' },
]

/** How nearly everybody writes them. */
const PLAIN = /^(?:0|[1-9][0-9]*)$/

/** Longer than any 256-bit number in base 2 with underscores. */
const MAX_INTEGER_TEXT = 520

/** Integer text as Go's big.Int reads it with base 0: prefixes, a leading zero for octal, `_` between digits, a sign. */
export function parseGoInteger(text: string): bigint | undefined {
  if (text.length > MAX_INTEGER_TEXT) return undefined
  if (PLAIN.test(text)) return BigInt(text)
  const unsigned = text.replace(/^[+-]/, '')
  const form = DIGITS.find(({ pattern }) => pattern.test(unsigned))
  if (!form) return undefined
  const digits = unsigned.replace(/^0[xXbBoO]/, '').replaceAll('_', '')
  const value = BigInt(form.prefix + digits)
  return text.startsWith('-') ? -value : value
}
