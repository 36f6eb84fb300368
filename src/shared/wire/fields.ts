import { Reader } from 'protobufjs/minimal.js'
import { SnetError } from '../errors.js'

/** One field as its wire type says, without any knowledge of the message. */
type WireField =
  | { readonly number: number; readonly wireType: 0; readonly value: bigint }
  | { readonly number: number; readonly wireType: 2; readonly value: Uint8Array }
  | { readonly number: number; readonly wireType: 1 | 5 }

/** Fields of a protobuf message in their order, none of them kept. Error: `invalid-request` for bytes that are none. */
export function* wireFields(bytes: Uint8Array): Generator<WireField> {
  const reader = Reader.create(bytes)
  while (reader.pos < reader.len) yield nextField(reader)
}

function nextField(reader: Reader): WireField {
  try {
    const tag = reader.tag()
    return readField(reader, tag >>> 3, tag & 7)
  } catch {
    throw new SnetError('invalid-request', 'the request is not a protobuf message')
  }
}

function readField(reader: Reader, number: number, wireType: number): WireField {
  if (number === 0) throw new Error('no field has the number 0')
  if (wireType === 0) return { number, wireType, value: readUint64(reader) }
  if (wireType === 2) return { number, wireType, value: reader.bytes() }
  // Groups are of an age before proto3, and nest without a bound.
  if (wireType !== 1 && wireType !== 5) throw new Error(`a field has the wire type ${wireType}`)
  reader.skip(wireType === 1 ? 8 : 4)
  return { number, wireType }
}

function readUint64(reader: Reader): bigint {
  const { high, low } = reader.uint64()
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}
