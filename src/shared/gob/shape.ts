import type { GobStream } from './decode.js'
import { BASIC, type GobDefinition } from './definitions.js'

/** A type as a program declares it; the ids are given when it is defined. */
export type GobShape =
  | 'bool'
  | 'int'
  | 'uint'
  | 'bytes'
  | 'string'
  | typeof BIG_INT
  | StructShape
  | { readonly kind: 'array'; readonly name: string; readonly element: GobShape; readonly length: number }
  | { readonly kind: 'slice'; readonly name: string; readonly element: GobShape }

interface StructShape {
  readonly kind: 'struct'
  readonly name: string
  readonly fields: readonly (readonly [name: string, shape: GobShape])[]
}

/** Go's big.Int, which writes itself. */
export const BIG_INT = { kind: 'opaque', name: '' } as const
const GOB_ENCODER = 5

export const structShape = (name: string, ...fields: StructShape['fields']): StructShape => ({
  kind: 'struct',
  name,
  fields,
})

/** As Go names an array that has no name of its own: `[32]uint8`. */
export const byteArray = (length: number, name = `[${length}]uint8`): GobShape => ({
  kind: 'array',
  name,
  element: 'uint',
  length,
})

export const TEXTS: GobShape = { kind: 'slice', name: '[]string', element: 'string' }

const FIRST_ID = 65

/** Gives ids as a Go program does that has written nothing before: each type, then those of its fields. */
export function defineGob(shape: StructShape): Omit<GobStream, 'value'> {
  const ids = new Map<GobShape, number>()
  const definitions = new Map<number, GobDefinition>()
  const idOf = (each: GobShape): number => {
    if (typeof each === 'string') return BASIC[each]
    const known = ids.get(each)
    if (known !== undefined) return known
    const id = FIRST_ID + ids.size
    ids.set(each, id)
    const common = { id, name: each.name }
    // The place in the order of definitions is taken before its parts take theirs.
    definitions.set(id, { ...common, kind: 'opaque', by: GOB_ENCODER })
    if (each.kind === 'struct')
      definitions.set(id, {
        ...common,
        kind: 'struct',
        fields: each.fields.map(([name, of]) => ({ name, type: idOf(of) })),
      })
    else if (each.kind === 'array')
      definitions.set(id, { ...common, kind: 'array', element: idOf(each.element), length: each.length })
    else if (each.kind === 'slice') definitions.set(id, { ...common, kind: 'slice', element: idOf(each.element) })
    return id
  }
  return { type: idOf(shape), definitions }
}
