/** Big-integer encodings, as base58 is one: zeros in front are kept one by one. */
export const BASE_58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** Berty's own, of characters that a QR code stores densely; not base45 of RFC 9285. */
export const BASE_42 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$*-.:/'

/** Time grows with the square of the length: callers bound it. Undefined where a character is none of the alphabet. */
export function decodeBaseX(text: string, alphabet: string): Buffer | undefined {
  const base = BigInt(alphabet.length)
  let value = 0n
  for (const character of text) {
    const digit = alphabet.indexOf(character)
    if (digit < 0) return undefined
    value = value * base + BigInt(digit)
  }
  const zeros = text.length - trimmed(text, alphabet.charAt(0)).length
  return Buffer.concat([Buffer.alloc(zeros), bytesOf(value)])
}

export function encodeBaseX(bytes: Uint8Array, alphabet: string): string {
  const base = BigInt(alphabet.length)
  const hex = Buffer.from(bytes).toString('hex')
  let text = ''
  for (let left = BigInt(`0x0${hex}`); left > 0n; left /= base) text = alphabet.charAt(Number(left % base)) + text
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return alphabet.charAt(0).repeat(zeros < 0 ? bytes.length : zeros) + text
}

function bytesOf(value: bigint): Buffer {
  if (value === 0n) return Buffer.alloc(0)
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

function trimmed(text: string, character: string): string {
  let from = 0
  while (text.charAt(from) === character && from < text.length) from++
  return text.slice(from)
}
