import { readUint256 } from './big-int.js'
import { GobFault } from './bytes.js'
import type { GobStruct, GobValue } from './decode.js'

/** The fields of a struct, each read as one kind. One that is absent is zero, as Go has it; fault: GobFault for another kind. */
export interface GobFields {
  text(name: string): string
  texts(name: string): readonly string[]
  flag(name: string): boolean
  /** Of either sign, at most 64 bits. */
  integer(name: string): bigint
  bytes(name: string): Uint8Array
  /** Exactly so many bytes, as Go's `[20]byte`. */
  array(name: string, length: number): Uint8Array
  /** A big.Int, not negative, at most 256 bits; undefined where there is none. */
  uint256(name: string): bigint | undefined
}

export function gobFields(struct: GobStruct): GobFields {
  // Own properties only: a name in a stream must not find what every object has.
  const read = <V extends GobValue>(name: string, zero: V, isRight: (value: GobValue) => value is V): V => {
    const value = (Object.hasOwn(struct, name) ? struct[name] : undefined) ?? zero
    if (!isRight(value)) throw new GobFault(`field ${name} is of another kind`)
    return value
  }
  return {
    text: (name) => read(name, '', (value) => typeof value === 'string'),
    texts: (name) => read(name, [], isTexts),
    flag: (name) => read(name, false, (value) => typeof value === 'boolean'),
    integer: (name) => read(name, 0n, (value) => typeof value === 'bigint'),
    bytes: (name) => read(name, new Uint8Array(), isBytes),
    array(name, length) {
      const bytes = read(name, new Uint8Array(length), isBytes)
      if (bytes.length !== length) throw new GobFault(`field ${name} has ${bytes.length} bytes instead of ${length}`)
      return bytes
    },
    uint256: (name) => (Object.hasOwn(struct, name) ? readUint256(read(name, new Uint8Array(), isBytes)) : undefined),
  }
}

const isBytes = (value: GobValue): value is Uint8Array => value instanceof Uint8Array
const isTexts = (value: GobValue): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
