/** A field of a protobuf message whose type nobody needs to know. */
export interface ProtoField {
  readonly number: number
  /** Of a varint; undefined for what has a length. */
  readonly value: bigint | undefined
  /** Of what has a length; empty for a varint. */
  readonly bytes: Buffer
}

const VARINT = 0
const FIXED_64 = 1
const WITH_LENGTH = 2
const FIXED_32 = 5
const NONE = Buffer.alloc(0)

/** Its fields in the order they come; those of fixed size are passed over. Throws at the first that is cut off. */
export function* protoFields(message: Uint8Array): Generator<ProtoField> {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  for (let at = 0; at < bytes.length;) {
    const key = readVarint(bytes, at)
    const number = Number(key.value >> 3n)
    at = key.end
    switch (Number(key.value & 7n)) {
      case VARINT: {
        const { value, end } = readVarint(bytes, at)
        at = end
        yield { number, value, bytes: NONE }
        break
      }
      case WITH_LENGTH: {
        const { value, end } = readVarint(bytes, at)
        at = end + Number(value)
        if (at > bytes.length) throw new RangeError('a field is longer than its message')
        yield { number, value: undefined, bytes: bytes.subarray(end, at) }
        break
      }
      case FIXED_64:
        at += 8
        break
      case FIXED_32:
        at += 4
        break
      default:
        throw new RangeError('no protobuf field')
    }
  }
}

/** The bytes of the last field of this number, as protobuf reads it. */
export function bytesField(message: Uint8Array, number: number): Buffer | undefined {
  let found: Buffer | undefined
  for (const field of protoFields(message))
    if (field.number === number && field.value === undefined) found = field.bytes
  return found
}

const MAX_VARINT_BYTES = 10

export function readVarint(bytes: Buffer, from: number): { value: bigint; end: number } {
  let value = 0n
  for (let index = 0; index < MAX_VARINT_BYTES; index++) {
    const byte = bytes[from + index]
    if (byte === undefined) break
    value |= BigInt(byte & 0x7f) << BigInt(7 * index)
    if (byte < 0x80) return { value, end: from + index + 1 }
  }
  throw new RangeError('a number is cut off')
}
