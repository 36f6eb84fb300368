import { bytesField, protoFields, readVarint } from './proto-fields.js'

/** Field numbers of google.rpc.Status, its Any and ErrDetails of either package (berty.errcode, weshnet.errcode). */
const DETAILS = 3
const VALUE = 2
const CODES = 1

/** Berty's error codes out of the bytes of a google.rpc.Status, outermost first; none where they cannot be read. */
export function detailCodes(status: Uint8Array): number[] {
  try {
    return [...protoFields(status)]
      .filter(({ number }) => number === DETAILS)
      .flatMap(({ bytes }) => [...protoFields(bytesField(bytes, VALUE) ?? bytes.subarray(0, 0))])
      .filter(({ number }) => number === CODES)
      .flatMap(({ value, bytes }) => (value === undefined ? packed(bytes) : [Number(value)]))
  } catch {
    return []
  }
}

/** Numbers one behind the other, without any keys. */
function packed(bytes: Buffer): number[] {
  const values: number[] = []
  for (let at = 0; at < bytes.length;) {
    const { value, end } = readVarint(bytes, at)
    values.push(Number(value))
    at = end
  }
  return values
}
