/** Base-x as Bitcoin uses it: the bytes as one big number, leading zero bytes kept as leading first symbols. */
export interface BaseX {
  encode(bytes: Uint8Array): string
  /** Nothing when a character is not of the alphabet. */
  decode(text: string): Uint8Array | undefined
}

export const BASE58 = createBaseX('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz')
/** Berty's own: the alphanumeric set of a QR code without space, percent and plus. */
export const BASE42 = createBaseX('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$*-.:/')

function createBaseX(alphabet: string): BaseX {
  const base = alphabet.length
  const values = new Map(Array.from(alphabet, (symbol, value) => [symbol, value]))
  return {
    encode(bytes) {
      const digits = rebase(bytes, 256, base)
      return alphabet.charAt(0).repeat(leadingZeros(bytes)) + digits.map((digit) => alphabet.charAt(digit)).join('')
    },
    decode(text) {
      const digits: number[] = []
      for (const symbol of text) {
        const value = values.get(symbol)
        if (value === undefined) return undefined
        digits.push(value)
      }
      return Uint8Array.from([...Array<number>(leadingZeros(digits)).fill(0), ...rebase(digits, base, 256)])
    },
  }
}

/** The digits of the same number in another base, without leading zeros. */
function rebase(digits: ArrayLike<number>, from: number, to: number): number[] {
  const reversed: number[] = []
  for (let at = 0; at < digits.length; at++) {
    let carry = digits[at] ?? 0
    for (let place = 0; place < reversed.length || carry > 0; place++) {
      carry += (reversed[place] ?? 0) * from
      reversed[place] = carry % to
      carry = Math.floor(carry / to)
    }
  }
  return reversed.reverse()
}

function leadingZeros(digits: ArrayLike<number>): number {
  let zeros = 0
  while (zeros < digits.length && digits[zeros] === 0) zeros++
  return zeros
}

/** The two forms of a link to a group, taken apart; the blobs are BertyLink messages. */
export type BertyLinkText =
  | { readonly form: 'internal'; readonly link: Uint8Array }
  | { readonly form: 'web'; readonly link: Uint8Array; readonly displayName: string }

const INTERNAL = 'BERTY://PB/'
const WEB = 'https://berty.tech/id#'

/** Links longer than this are no invitations; it keeps the quadratic base conversion cheap. */
const MAX_LINK_LENGTH = 8192

/** Whether the text means to be a link of Berty's, well formed or not. */
export const looksLikeBertyLink = (text: string): boolean => /^(berty:\/\/|https:\/\/berty\.tech\/id#)/i.test(text)

/** `BERTY://PB/…` for a whole BertyLink in wire form. */
export const internalBertyUrl = (link: Uint8Array): string => `${INTERNAL}${BASE42.encode(link)}`

/** `https://berty.tech/id#group/…` for a BertyLink that holds neither kind nor display name nor link key. */
export function webBertyUrl(link: Uint8Array, displayName: string): string {
  const name = displayName === '' ? '' : `/name=${queryEscape(displayName)}`
  return `${WEB}group/${BASE58.encode(link)}${name}`
}

/** A link to a group, or nothing when the text is none. The scheme may have any case, the blob may not. */
export function parseBertyUrl(text: string): BertyLinkText | undefined {
  if (text.length > MAX_LINK_LENGTH) return undefined
  if (text.slice(0, INTERNAL.length).toUpperCase() === INTERNAL) {
    const link = BASE42.decode(text.slice(INTERNAL.length))
    return link && { form: 'internal', link }
  }
  if (text.slice(0, WEB.length).toLowerCase() !== WEB) return undefined
  const [kind, blob = '', ...rest] = text.slice(WEB.length).split('/')
  const link = BASE58.decode(blob)
  const displayName = nameIn(rest)
  if (kind !== 'group' || !link || link.length === 0 || displayName === undefined) return undefined
  return { form: 'web', link, displayName }
}

function nameIn(parts: readonly string[]): string | undefined {
  const name = parts.find((part) => part.startsWith('name='))?.slice('name='.length) ?? ''
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

/** As Go's url.QueryEscape: everything but letters, digits and `-_.~`, blanks as plus signs. */
const queryEscape = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
