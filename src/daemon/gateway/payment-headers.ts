import { SnetError } from '../../shared/errors.js'
import { channelId, channelNonce, cogs, isUint256 } from '../../shared/units.js'
import { HEADER } from '../../shared/wire/index.js'
import type { SignedPayment } from '../payments/index.js'
import type { HeaderList } from './header-list.js'

/** On a proxied method `train-call` means the same as `escrow`; no type at all means escrow too. */
const ESCROW_TYPES = ['escrow', 'train-call']

/** The escrow payment in a call's metadata. Rules, order and texts: snet-wire 2.1, 4.1. Error: `invalid-request`. */
export function parseSignedPayment(metadata: HeaderList): SignedPayment {
  const type = metadata.first(HEADER.paymentType)
  if (type !== undefined && !ESCROW_TYPES.includes(type)) {
    throw new SnetError('invalid-request', `unexpected "${HEADER.paymentType}", value: "${type}"`, {
      hint: 'This daemon takes escrow payments.',
    })
  }
  return {
    channel: channelId(integer(metadata, HEADER.channelId)),
    nonce: channelNonce(integer(metadata, HEADER.channelNonce)),
    amount: cogs(integer(metadata, HEADER.channelAmount)),
    signature: bytes(metadata, HEADER.channelSignature),
  }
}

function single(metadata: HeaderList, name: string, values = metadata.all(name)): string {
  const [value] = values
  if (value === undefined) throw new SnetError('invalid-request', `missing "${name}"`)
  if (values.length > 1) {
    throw new SnetError('invalid-request', `too many values for key "${name}": [${values.join(' ')}]`)
  }
  return value
}

const badFormat = (name: string, value: string): SnetError =>
  new SnetError('invalid-request', `incorrect format "${name}": "${value}"`)

function integer(metadata: HeaderList, name: string): bigint {
  const text = single(metadata, name)
  const value = parseGoInteger(text)
  // The reference takes negative and longer numbers and signs them cut off; nobody pays with those honestly.
  if (value === undefined || !isUint256(value)) throw badFormat(name, text)
  return value
}

const DIGITS: readonly { readonly pattern: RegExp; readonly prefix: string }[] = [
  { pattern: /^0[xX](?:_?[0-9a-fA-F])+$/, prefix: '0x' },
  { pattern: /^0[bB](?:_?[01])+$/, prefix: '0b' },
  { pattern: /^0[oO](?:_?[0-7])+$/, prefix: '0o' },
  { pattern: /^0(?:_?[0-7])+$/, prefix: '0o' },
  { pattern: /^(?:0|[1-9](?:_?[0-9])*)$/, prefix: '' },
]

/** Longer than any 256-bit number in base 2 with underscores. */
const MAX_INTEGER_TEXT = 520

/** Integer text as Go's big.Int reads it with base 0: prefixes, a leading zero for octal, `_` between digits, a sign. */
export function parseGoInteger(text: string): bigint | undefined {
  if (text.length > MAX_INTEGER_TEXT) return undefined
  const unsigned = text.replace(/^[+-]/, '')
  const form = DIGITS.find(({ pattern }) => pattern.test(unsigned))
  if (!form) return undefined
  const digits = unsigned.replace(/^0[xXbBoO]/, '').replaceAll('_', '')
  const value = BigInt(form.prefix + digits)
  return text.startsWith('-') ? -value : value
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** One header line may carry several binary values, separated by commas. */
function bytes(metadata: HeaderList, name: string): Uint8Array {
  const values = metadata.all(name).flatMap((line) => line.split(','))
  const text = single(metadata, name, values)
  if (!BASE64.test(text)) throw badFormat(name, text)
  return Buffer.from(text, 'base64')
}
