import { SnetError } from '../../../../shared/errors.js'

/** One field as its wire type says, without any knowledge of the message. */
export type WireField =
  | { readonly number: number; readonly wireType: 0; readonly value: bigint }
  | { readonly number: number; readonly wireType: 2; readonly value: Uint8Array }
  | { readonly number: number; readonly wireType: 1 | 5 }

/** Fields of a protobuf message in their order. Error: `invalid-request` for bytes that are none. */
export function* wireFields(bytes: Uint8Array): Generator<WireField> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) throw malformed()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw malformed()
  }
  const skip = (length: bigint): number => {
    if (length > BigInt(bytes.length - at)) throw malformed()
    at += Number(length)
    return at
  }
  while (at < bytes.length) {
    const tag = varint()
    const number = Number(tag >> 3n)
    const wireType = Number(tag & 7n)
    if (number < 1 || number > 2 ** 29 - 1) throw malformed()
    if (wireType === 0) yield { number, wireType, value: varint() }
    else if (wireType === 2) {
      const length = varint()
      const from = at
      yield { number, wireType, value: bytes.subarray(from, skip(length)) }
    } else if (wireType === 1 || wireType === 5) {
      skip(wireType === 1 ? 8n : 4n)
      yield { number, wireType }
    } else throw malformed()
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Error: `invalid-request` for bytes that are no UTF-8. */
export function textOf(bytes: Uint8Array, field: string): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    throw new SnetError('invalid-request', `${field} is not UTF-8`)
  }
}

const malformed = (): SnetError => new SnetError('invalid-request', 'the request is no protobuf message')
