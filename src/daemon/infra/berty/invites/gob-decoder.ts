import { GobFault, GobReader } from './gob-bytes.js'

/** A struct by the names of its fields; those of zero value are absent. */
export interface GobStruct {
  readonly [name: string]: GobValue | undefined
}
export type GobValue = boolean | number | Uint8Array | string | GobStruct

/** An invite is some hundred bytes with ten definitions, four deep: whatever needs more is none. */
const MAX_BYTES = 64 * 1024
const MAX_NESTING = 8
const MAX_DEFINITIONS = 64

const FIRST_OWN_ID = 64
const STRUCT_TYPE = 3

type Scalar = (reader: GobReader) => GobValue
const SCALARS: Readonly<Record<number, Scalar>> = {
  1: (reader) => reader.unsigned() !== 0,
  2: (reader) => reader.signed(),
  3: (reader) => reader.unsigned(),
  5: (reader) => reader.blob(),
  6: (reader) => reader.text(),
}

interface Field {
  readonly name: string
  readonly type: number
}
type Definitions = Map<number, readonly Field[]>

/**
 * The first value of a gob stream, which has to be a struct of structs, integers, booleans, bytes and texts. The stream
 * describes itself: which names and ids it uses depends on the program that wrote it. Fault: GobFault.
 */
export function decodeGob(bytes: Uint8Array): GobStruct {
  if (bytes.length > MAX_BYTES) throw new GobFault(`${bytes.length} bytes, at most ${MAX_BYTES} are read`)
  const stream = new GobReader(bytes)
  const definitions: Definitions = new Map()
  while (stream.left > 0) {
    const message = new GobReader(stream.blob())
    const id = message.signed()
    const value = id < 0 ? readDefinition(-id, message, definitions) : readStruct(id, message, definitions, 1)
    if (message.left > 0) throw new GobFault(`${message.left} bytes too many in a message`)
    if (value) return value
  }
  throw new GobFault('the stream ends before a value')
}

/** A wireType with nothing but its StructT. */
function readDefinition(id: number, message: GobReader, definitions: Definitions): undefined {
  if (id <= FIRST_OWN_ID || definitions.has(id)) throw new GobFault(`type ${id} is defined twice`)
  if (definitions.size >= MAX_DEFINITIONS) throw new GobFault(`more than ${MAX_DEFINITIONS} types`)
  const fields: Field[] = []
  eachField(message, (kind) => {
    if (kind !== STRUCT_TYPE) throw new GobFault(`type ${id} is no struct`)
    eachField(message, (part) => {
      if (part === 1) skipNames(message)
      else if (part === 2) fields.push(...readFields(message))
      else throw new GobFault(`type ${id} has an unknown part`)
    })
  })
  definitions.set(id, fields)
  return undefined
}

/** Skips the type's own name and id: values name a type by the id of its message. */
function skipNames(message: GobReader): void {
  eachField(message, (part) => {
    if (part === 1) message.blob()
    else message.signed()
  })
}

function readFields(message: GobReader): Field[] {
  const count = message.unsigned()
  if (count > message.left) throw new GobFault(`${count} fields announced`)
  return Array.from({ length: count }, () => {
    let name = ''
    let type = 0
    eachField(message, (part) => {
      if (part === 1) name = message.text()
      else type = message.signed()
    })
    return { name, type }
  })
}

function readStruct(id: number, message: GobReader, definitions: Definitions, depth: number): GobStruct {
  const fields = definitions.get(id)
  if (!fields) throw new GobFault(`type ${id} is not defined`)
  if (depth > MAX_NESTING) throw new GobFault(`more than ${MAX_NESTING} structs in each other`)
  const read: [string, GobValue][] = []
  eachField(message, (number) => {
    const field = fields[number - 1]
    if (!field) throw new GobFault(`type ${id} has no field ${number}`)
    const scalar = SCALARS[field.type]
    read.push([field.name, scalar ? scalar(message) : readStruct(field.type, message, definitions, depth + 1)])
  })
  return Object.fromEntries(read)
}

/** Fields come with the distance to the one before; 0 ends them. Numbers count from 1. */
function eachField(message: GobReader, read: (number: number) => void): void {
  for (let number = message.unsigned(), delta = number; delta > 0; delta = message.unsigned(), number += delta)
    read(number)
}
