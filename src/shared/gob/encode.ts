import { blobBytes, bytesAsIntegers, signedBytes, unsignedBytes } from './bytes.js'
import { type GobStream, type GobStruct, type GobValue, isGobStruct } from './decode.js'
import { BASIC, definitionBytes, fieldsBytes, type GobDefinitions, type GobField } from './definitions.js'

/** Writes values of one type, each as a stream of its own: the definitions in their order, and the value. */
export function createGobWriter({ definitions, type }: Omit<GobStream, 'value'>): (value: GobStruct) => Buffer {
  const top = definitions.get(type)
  if (top?.kind !== 'struct') throw new TypeError('a value that is written is a struct')
  const head = [...definitions].map(([id, definition]) =>
    blobBytes(Buffer.concat([signedBytes(-id), definitionBytes(definition)])),
  )
  const before = Buffer.concat(head)
  return (value) => {
    const message = Buffer.concat([signedBytes(type), structBytes(top.fields, value, definitions)])
    return Buffer.concat([before, blobBytes(message)])
  }
}

/** What is zero is left out, as Go does; arrays and opaque values are always there. */
const structBytes = (fields: readonly GobField[], value: GobStruct, definitions: GobDefinitions): Buffer =>
  fieldsBytes(
    fields.map(({ name, type }) => {
      const field = Object.hasOwn(value, name) ? value[name] : undefined
      if (field === undefined || isLeftOut(field, definitions.get(type)?.kind)) return undefined
      return valueBytes(field, type, definitions)
    }),
  )

function isLeftOut(value: GobValue, kind: string | undefined): boolean {
  if (value === false || value === 0n || value === '') return true
  if (kind === 'array' || kind === 'opaque') return false
  return (value instanceof Uint8Array || Array.isArray(value)) && value.length === 0
}

function valueBytes(value: GobValue, type: number, definitions: GobDefinitions): Buffer {
  if (type === BASIC.bool && typeof value === 'boolean') return unsignedBytes(value ? 1 : 0)
  if (type === BASIC.int && typeof value === 'bigint') return signedBytes(value)
  if (type === BASIC.uint && typeof value === 'bigint') return unsignedBytes(value)
  if (type === BASIC.bytes && value instanceof Uint8Array) return blobBytes(value)
  if (type === BASIC.string && typeof value === 'string') return blobBytes(Buffer.from(value))
  const definition = definitions.get(type)
  if (definition?.kind === 'opaque' && value instanceof Uint8Array) return blobBytes(value)
  if (definition?.kind === 'struct' && isGobStruct(value)) return structBytes(definition.fields, value, definitions)
  if ((definition?.kind === 'array' || definition?.kind === 'slice') && isList(value)) {
    const { element } = definition
    if (element === BASIC.uint && value instanceof Uint8Array) return bytesAsIntegers(value)
    const items = [...(value as readonly GobValue[])].map((item) => valueBytes(item, element, definitions))
    return Buffer.concat([unsignedBytes(items.length), ...items])
  }
  throw new TypeError('a value that its type does not describe')
}

const isList = (value: GobValue): value is Uint8Array | readonly GobValue[] =>
  value instanceof Uint8Array || Array.isArray(value)
