import { BoundedMap } from '../bounded-map.js'
import { GobFault, GobReader } from './bytes.js'
import { BASIC, eachField, type GobDefinition, type GobDefinitions, readDefinition } from './definitions.js'

/** A struct by the names of its fields; those of zero value are absent. */
export interface GobStruct {
  readonly [name: string]: GobValue | undefined
}
/**
 * Integers are exact, whatever their size. Bytes are slices of bytes, what an opaque type wrote, and, as Go spells
 * `[20]byte`, lists of integers that all are below 256.
 */
export type GobValue = boolean | bigint | string | Uint8Array | GobStruct | readonly GobValue[] | typeof UNREAD
/** A value of a kind that nothing here is made of: it is skipped as a whole. */
export const UNREAD = Symbol('unread')

/** What more than that is no value of the kind that is expected. */
export interface GobBounds {
  readonly bytes: number
  /** Structs, lists and maps in each other. */
  readonly nesting: number
  readonly definitions: number
}

/** A value with the types that its stream defines, which depend on the program that wrote it. */
export interface GobStream {
  readonly definitions: GobDefinitions
  readonly type: number
  readonly value: GobStruct
}

const FIRST_OWN_ID = 64

/**
 * The first value of a gob stream, which has to be a struct. It is read by the definitions in the stream, never by
 * position. What is made is bounded by the bytes that are there, whatever they announce. Fault: GobFault.
 */
export function decodeGob(bytes: Uint8Array, bounds: GobBounds): GobStream {
  if (bytes.length > bounds.bytes) throw new GobFault(`${bytes.length} bytes, at most ${bounds.bytes} are read`)
  const { definitions, rest } = readDefinitions(bytes, bounds)
  const message = new GobReader(new GobReader(rest).blob())
  const type = message.signed()
  const value = readTop(type, message, definitions, bounds)
  requireRead(message)
  return { definitions, type, value }
}

/** Definitions that were read last: a store holds thousands of records of the same few, which are most of each. */
const known = new BoundedMap<string, GobDefinitions>(32)
const MAX_KNOWN_BYTES = 4096

function readDefinitions(bytes: Uint8Array, bounds: GobBounds): { definitions: GobDefinitions; rest: Uint8Array } {
  const messages: GobReader[] = []
  const stream = new GobReader(bytes)
  let length = 0
  for (;;) {
    if (stream.left === 0) throw new GobFault('the stream ends before a value')
    const message = stream.blob()
    if (new GobReader(message).signed() >= 0) break
    if (messages.length >= bounds.definitions) throw new GobFault(`more than ${bounds.definitions} types`)
    messages.push(new GobReader(message))
    length = bytes.length - stream.left
  }
  const rest = bytes.subarray(length)
  if (length > MAX_KNOWN_BYTES) return { definitions: define(messages), rest }
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1')
  const definitions = known.get(head) ?? define(messages)
  if (!known.has(head)) known.set(head, definitions)
  return { definitions, rest }
}

function define(messages: readonly GobReader[]): GobDefinitions {
  const definitions = new Map<number, GobDefinition>()
  for (const message of messages) {
    const id = -message.signed()
    if (id < FIRST_OWN_ID || definitions.has(id)) throw new GobFault(`type ${id} is defined twice`)
    definitions.set(id, readDefinition(message))
    requireRead(message)
  }
  return definitions
}

function requireRead(message: GobReader): void {
  if (message.left > 0) throw new GobFault(`${message.left} bytes too many in a message`)
}

function readTop(type: number, message: GobReader, definitions: GobDefinitions, bounds: GobBounds): GobStruct {
  const definition = definitions.get(type)
  if (definition?.kind !== 'struct') throw new GobFault(`type ${type} is no defined struct`)
  return new ValueReader(message, definitions, bounds.nesting).struct(definition.fields)
}

/** Reads values by their types. */
class ValueReader {
  readonly #message: GobReader
  readonly #definitions: GobDefinitions
  readonly #nesting: number
  #depth = 0

  constructor(message: GobReader, definitions: GobDefinitions, nesting: number) {
    this.#message = message
    this.#definitions = definitions
    this.#nesting = nesting
  }

  struct(fields: readonly { name: string; type: number }[]): GobStruct {
    return this.#inside(() => {
      const read: [string, GobValue][] = []
      eachField(this.#message, (number) => {
        const field = fields[number - 1]
        if (!field) throw new GobFault(`a struct has no field ${number}`)
        read.push([field.name, this.#value(field.type)])
      })
      return Object.fromEntries(read)
    })
  }

  #value(type: number): GobValue {
    const message = this.#message
    switch (type) {
      case BASIC.bool:
        return message.unsigned() !== 0
      case BASIC.int:
        return message.signed64()
      case BASIC.uint:
        return message.unsigned64()
      case BASIC.bytes:
        return message.blob()
      case BASIC.string:
        return message.text()
      case BASIC.float:
      case BASIC.complex:
      case BASIC.interface:
        return this.#skip(type)
      default:
        return this.#defined(type)
    }
  }

  #defined(type: number): GobValue {
    const definition = this.#definitions.get(type)
    switch (definition?.kind) {
      case 'struct':
        return this.struct(definition.fields)
      case 'array':
        return this.#list(definition.element, definition.length)
      case 'slice':
        return this.#list(definition.element)
      case 'map':
        return this.#map(definition)
      case 'opaque':
        return this.#message.blob()
      case undefined:
        throw new GobFault(`type ${type} is not defined`)
    }
  }

  #list(element: number, length?: number): GobValue {
    const count = this.#message.count()
    if (length !== undefined && count !== length) throw new GobFault(`${count} elements in an array of ${length}`)
    return this.#inside(() => {
      const bytes = element === BASIC.uint ? this.#message.integersAsBytes(count) : undefined
      if (bytes) return bytes
      const items: GobValue[] = []
      while (items.length < count) items.push(this.#value(element))
      return items
    })
  }

  #map({ key, element }: { key: number; element: number }): typeof UNREAD {
    const count = this.#message.count(2)
    return this.#inside(() => {
      for (let index = 0; index < count; index++) {
        this.#value(key)
        this.#value(element)
      }
      return UNREAD
    })
  }

  #skip(type: number): typeof UNREAD {
    const message = this.#message
    if (type !== BASIC.interface) message.unsigned64()
    if (type === BASIC.complex) message.unsigned64()
    // The name of what is in it, which is empty for nothing; then its type, and all of it as one blob.
    if (type === BASIC.interface && message.blob().length > 0) {
      message.signed()
      message.blob()
    }
    return UNREAD
  }

  #inside<T>(read: () => T): T {
    if (++this.#depth > this.#nesting) throw new GobFault(`more than ${this.#nesting} values in each other`)
    const value = read()
    this.#depth--
    return value
  }
}

export const isGobStruct = (value: GobValue | undefined): value is GobStruct =>
  typeof value === 'object' && !(value instanceof Uint8Array) && !Array.isArray(value)
