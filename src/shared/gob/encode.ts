import { blobBytes, signedBytes, unsignedBytes } from './bytes.js'
import { type GobStream, type GobStruct, type GobValue, isGobStruct } from './decode.js'
import { BASIC, definitionBytes, type GobDefinitions, type GobField } from './definitions.js'
import { GobOutput } from './output.js'

/** Writes values of one type, each as a stream of its own: the definitions in their order, and the value. */
export function createGobWriter({ definitions, type }: Omit<GobStream, 'value'>): (value: GobStruct) => Buffer {
  const top = definitions.get(type)
  if (top?.kind !== 'struct') throw new TypeError('a value that is written is a struct')
  const head = [...definitions].map(([id, definition]) =>
    blobBytes(Buffer.concat([signedBytes(-id), definitionBytes(definition)])),
  )
  const before = Buffer.concat(head)
  const message = new GobOutput()
  return (value) => {
    message.clear()
    message.signed(type)
    writeStruct(message, top.fields, value, definitions)
    const length = unsignedBytes(message.length)
    const stream = Buffer.allocUnsafe(before.length + length.length + message.length)
    stream.set(before)
    stream.set(length, before.length)
    message.copyTo(stream, before.length + length.length)
    return stream
  }
}

/**
 * Each field with its distance to the one before, and 0 at the end. What is zero is left out, as Go does; arrays and opaque
 * values are always there.
 */
function writeStruct(
  output: GobOutput,
  fields: readonly GobField[],
  value: GobStruct,
  definitions: GobDefinitions,
): void {
  let before = -1
  for (let index = 0; index < fields.length; index++) {
    const { name, type } = fields[index] as GobField
    const field = Object.hasOwn(value, name) ? value[name] : undefined
    if (field === undefined || isLeftOut(field, definitions.get(type)?.kind)) continue
    output.unsigned(index - before)
    before = index
    writeValue(output, field, type, definitions)
  }
  output.unsigned(0)
}

function isLeftOut(value: GobValue, kind: string | undefined): boolean {
  if (value === false || value === 0n || value === '') return true
  if (kind === 'array' || kind === 'opaque') return false
  return (value instanceof Uint8Array || Array.isArray(value)) && value.length === 0
}

function writeValue(output: GobOutput, value: GobValue, type: number, definitions: GobDefinitions): void {
  if (type === BASIC.bool && typeof value === 'boolean') return output.unsigned(value ? 1 : 0)
  if (type === BASIC.int && typeof value === 'bigint') return output.signed(value)
  if (type === BASIC.uint && typeof value === 'bigint') return output.unsigned(value)
  if (type === BASIC.bytes && value instanceof Uint8Array) return output.blob(value)
  if (type === BASIC.string && typeof value === 'string') return output.blob(Buffer.from(value))
  const definition = definitions.get(type)
  if (definition?.kind === 'opaque' && value instanceof Uint8Array) return output.blob(value)
  if (definition?.kind === 'struct' && isGobStruct(value))
    return writeStruct(output, definition.fields, value, definitions)
  if ((definition?.kind === 'array' || definition?.kind === 'slice') && isList(value)) {
    const { element } = definition
    if (element === BASIC.uint && value instanceof Uint8Array) return output.bytesAsIntegers(value)
    const items = [...(value as readonly GobValue[])]
    output.unsigned(items.length)
    for (const item of items) writeValue(output, item, element, definitions)
    return
  }
  throw new TypeError('a value that its type does not describe')
}

const isList = (value: GobValue): value is Uint8Array | readonly GobValue[] =>
  value instanceof Uint8Array || Array.isArray(value)
