import { blobBytes, signedBytes, unsignedBytes } from './gob-bytes.js'
import type { GobStruct, GobValue } from './gob-decoder.js'

/** A struct type as it is written: its name, and the names and types of its fields in order. */
export interface GobType {
  readonly id: number
  readonly name: string
  readonly fields: readonly (readonly [name: string, type: 'int' | 'bytes' | 'string' | number])[]
}

const SCALAR_IDS = { int: 2, bytes: 5, string: 6 } as const

/** A value of the first of these types, after their definitions in this order. */
export function encodeGob(types: readonly [GobType, ...GobType[]], value: GobStruct): Buffer {
  const byId = new Map(types.map((type) => [type.id, type]))
  const [top] = types
  const messages = [
    ...types.map((type) => Buffer.concat([signedBytes(-type.id), definitionBytes(type)])),
    Buffer.concat([signedBytes(top.id), structBytes(top, value, byId)]),
  ]
  return Buffer.concat(messages.map(blobBytes))
}

/** A wireType whose StructT has the name, the id and the fields. */
function definitionBytes({ id, name, fields }: GobType): Buffer {
  const written = fields.map(([field, type]) =>
    fieldsBytes([
      [1, blobBytes(Buffer.from(field))],
      [2, signedBytes(typeof type === 'number' ? type : SCALAR_IDS[type])],
    ]),
  )
  const names = fieldsBytes([
    [1, blobBytes(Buffer.from(name))],
    [2, signedBytes(id)],
  ])
  const list = Buffer.concat([unsignedBytes(fields.length), ...written])
  const struct = fieldsBytes([[1, names], ...(fields.length > 0 ? [[2, list] as const] : [])])
  return fieldsBytes([[3, struct]])
}

function structBytes(type: GobType, value: GobStruct, byId: ReadonlyMap<number, GobType>): Buffer {
  return fieldsBytes(
    type.fields.flatMap(([name, of], index) => {
      const bytes = valueBytes(value[name], of, byId)
      return bytes ? [[index + 1, bytes] as const] : []
    }),
  )
}

/** Undefined for a value that is left out because it is zero. */
function valueBytes(
  value: GobValue | undefined,
  type: GobType['fields'][number][1],
  byId: ReadonlyMap<number, GobType>,
): Buffer | undefined {
  if (value === undefined || value === 0 || value === '') return undefined
  if (typeof value === 'number') return signedBytes(value)
  if (typeof value === 'string') return blobBytes(Buffer.from(value))
  if (value instanceof Uint8Array) return value.length > 0 ? blobBytes(value) : undefined
  const struct = typeof type === 'number' ? byId.get(type) : undefined
  if (!struct || typeof value === 'boolean') throw new Error('a value that its type does not describe')
  return structBytes(struct, value, byId)
}

/** Each field with its distance to the one before, and 0 at the end. */
function fieldsBytes(fields: readonly (readonly [number: number, bytes: Buffer])[]): Buffer {
  const parts = fields.flatMap(([number, bytes], index) => [
    unsignedBytes(number - (fields[index - 1]?.[0] ?? 0)),
    bytes,
  ])
  return Buffer.concat([...parts, Buffer.from([0])])
}
