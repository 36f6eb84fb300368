import { blobBytes, GobFault, type GobReader, signedBytes, unsignedBytes } from './bytes.js'

/** Ids of the types that no stream defines. */
export const BASIC = { bool: 1, int: 2, uint: 3, float: 4, bytes: 5, string: 6, complex: 7, interface: 8 } as const

export interface GobField {
  readonly name: string
  readonly type: number
}

/**
 * A type as a stream defines it. `id` is the one that it has inside its own definition; values go by the id of the
 * definition's message, and for opaque types Go writes two different ones.
 */
export type GobDefinition = { readonly id: number; readonly name: string } & (
  | { readonly kind: 'array'; readonly element: number; readonly length: number }
  | { readonly kind: 'slice'; readonly element: number }
  | { readonly kind: 'struct'; readonly fields: readonly GobField[] }
  | { readonly kind: 'map'; readonly key: number; readonly element: number }
  /** Bytes that the type itself writes: as GobEncoder, BinaryMarshaler or TextMarshaler. */
  | { readonly kind: 'opaque'; readonly by: number }
)

/** By the id that values use, in the order of the stream. */
export type GobDefinitions = ReadonlyMap<number, GobDefinition>

/** The fields of Go's wireType. */
const KIND = { array: 1, slice: 2, struct: 3, map: 4, gobEncoder: 5, textMarshaler: 7 } as const

/** A definition without what its kind adds, from a wireType in which exactly one kind is set. */
export function readDefinition(message: GobReader): GobDefinition {
  let definition: GobDefinition | undefined
  eachField(message, (kind) => {
    if (definition) throw new GobFault('a type of two kinds')
    definition = readKind(kind, message)
  })
  if (!definition) throw new GobFault('a type of no kind')
  return definition
}

function readKind(kind: number, message: GobReader): GobDefinition {
  const common = { id: 0, name: '' }
  const numbers = [0, 0]
  const fields: GobField[] = []
  eachField(message, (part) => {
    if (part === 1) Object.assign(common, readCommon(message))
    else if (part === 2 && kind === KIND.struct) fields.push(...readFields(message))
    else if (part <= 3 && kind <= KIND.map) numbers[part - 2] = message.signed()
    else throw new GobFault('a type has an unknown part')
  })
  const [first = 0, second = 0] = numbers
  if (kind === KIND.array) return { ...common, kind: 'array', element: first, length: second }
  if (kind === KIND.slice) return { ...common, kind: 'slice', element: first }
  if (kind === KIND.struct) return { ...common, kind: 'struct', fields }
  if (kind === KIND.map) return { ...common, kind: 'map', key: first, element: second }
  if (kind <= KIND.textMarshaler) return { ...common, kind: 'opaque', by: kind }
  throw new GobFault(`a type of unknown kind ${kind}`)
}

function readCommon(message: GobReader): { id: number; name: string } {
  const common = { id: 0, name: '' }
  eachField(message, (part) => {
    if (part === 1) common.name = message.text()
    else common.id = message.signed()
  })
  return common
}

const readFields = (message: GobReader): GobField[] =>
  Array.from({ length: message.count() }, () => {
    let name = ''
    let type = 0
    eachField(message, (part) => {
      if (part === 1) name = message.text()
      else type = message.signed()
    })
    return { name, type }
  })

/** Fields come with the distance to the one before; 0 ends them. Numbers count from 1. */
export function eachField(message: GobReader, read: (number: number) => void): void {
  for (let number = message.unsigned(), delta = number; delta > 0; delta = message.unsigned(), number += delta)
    read(number)
}

/** Each field with its distance to the one before, and 0 at the end; what is undefined is left out. */
export function fieldsBytes(fields: readonly (Uint8Array | undefined)[]): Buffer {
  const parts: Uint8Array[] = []
  let before = -1
  fields.forEach((bytes, index) => {
    if (!bytes) return
    parts.push(unsignedBytes(index - before), bytes)
    before = index
  })
  return Buffer.concat([...parts, Buffer.from([0])])
}

export function definitionBytes(definition: GobDefinition): Buffer {
  const common = fieldsBytes([textBytes(definition.name), numberBytes(definition.id)])
  const [kind, ...parts] = partsOf(definition)
  const ofKind: (Uint8Array | undefined)[] = []
  ofKind[kind - 1] = fieldsBytes([common, ...parts])
  return fieldsBytes(Array.from(ofKind))
}

function partsOf(definition: GobDefinition): [number, ...(Uint8Array | undefined)[]] {
  switch (definition.kind) {
    case 'array':
      return [KIND.array, numberBytes(definition.element), numberBytes(definition.length)]
    case 'slice':
      return [KIND.slice, numberBytes(definition.element)]
    case 'struct':
      return [KIND.struct, structFields(definition.fields)]
    case 'map':
      return [KIND.map, numberBytes(definition.key), numberBytes(definition.element)]
    case 'opaque':
      return [definition.by]
  }
}

const structFields = (fields: readonly GobField[]): Buffer | undefined =>
  fields.length === 0
    ? undefined
    : Buffer.concat([
        unsignedBytes(fields.length),
        ...fields.map(({ name, type }) => fieldsBytes([textBytes(name), numberBytes(type)])),
      ])

const textBytes = (text: string): Buffer | undefined => (text === '' ? undefined : blobBytes(Buffer.from(text)))
const numberBytes = (value: number): Buffer | undefined => (value === 0 ? undefined : signedBytes(value))
