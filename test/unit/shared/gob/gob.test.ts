import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blobBytes, GobFault, GobReader, signedBytes, unsignedBytes } from '../../../../src/shared/gob/bytes.js'
import { decodeGob, type GobStruct, type GobValue, isGobStruct, UNREAD } from '../../../../src/shared/gob/decode.js'
import { definitionBytes, fieldsBytes, type GobDefinition } from '../../../../src/shared/gob/definitions.js'
import { createGobWriter } from '../../../../src/shared/gob/encode.js'
import {
  BIG_INT,
  bigIntBytes,
  byteArray,
  defineGob,
  gobFields,
  structShape,
  TEXTS,
} from '../../../../src/shared/gob/index.js'
import { gobVectors, vectorBytes } from '../../../support/gob-vectors.js'

const BOUNDS = { bytes: 64 * 1024, nesting: 8, definitions: 64 }
const read = (bytes: Uint8Array): GobStruct => decodeGob(bytes, BOUNDS).value

/** The value as its vector tells it, given what the vector tells of the same field. */
function asTold(value: GobValue | undefined, told: unknown): unknown {
  if (typeof told === 'boolean') return value ?? false
  if (typeof told === 'number') return Number(value ?? 0)
  if (Array.isArray(told)) return value ?? []
  if (value === undefined) return typeof told === 'string' && /^\d+$/.test(told) ? '0' : told === null ? null : ''
  if (value instanceof Uint8Array && typeof told === 'string' && !told.startsWith('0x')) return bigText(value)
  if (value instanceof Uint8Array) return typeof told === 'string' ? `0x${Buffer.from(value).toString('hex')}` : value
  return typeof value === 'bigint' ? String(value) : value
}

const bigText = (opaque: Uint8Array): string =>
  `${opaque[0] === 3 ? '-' : ''}${BigInt(`0x0${Buffer.from(opaque.subarray(1)).toString('hex')}`)}`

describe('what Go wrote', () => {
  test.each(gobVectors().map((vector) => [vector.name, vector] as const))('is read: %s', (_, { bytes, value }) => {
    const read = decodeGob(bytes, BOUNDS)
    const names = Object.keys(value)
    expect(Object.keys(read.value).filter((name) => !names.includes(name))).toEqual([])
    for (const [name, told] of Object.entries(value)) {
      if (told !== null && typeof told === 'object' && 'base64' in told)
        expect(Buffer.from((read.value[name] ?? Buffer.alloc(0)) as Uint8Array)).toEqual(vectorBytes(told))
      else expect(asTold(read.value[name], told)).toEqual(told)
    }
    // With the definitions and ids that it came with, it is written as it was.
    expect(createGobWriter(read)(read.value).toString('hex')).toBe(bytes.toString('hex'))
  })

  test('is read of every type of record', () => {
    expect([...new Set(gobVectors().map(({ type }) => type))].sort()).toEqual([
      'FreeCallUserData',
      'ModelData',
      'ModelUserData',
      'Payment',
      'PaymentChannelData',
      'PendingModelData',
      'PrePaidData',
      'PublicModelData',
    ])
  })
})

const EVERYTHING = defineGob(
  structShape(
    'Everything',
    ['Flag', 'bool'],
    ['Int', 'int'],
    ['Uint', 'uint'],
    ['Bytes', 'bytes'],
    ['Text', 'string'],
    ['Big', BIG_INT],
    ['Array', byteArray(3)],
    ['Texts', TEXTS],
    ['Inner', structShape('Inner', ['Text', 'string'])],
  ),
)

describe('what we write', () => {
  test('is read again by its definitions', () => {
    const value = {
      Flag: true,
      Int: -(2n ** 63n),
      Uint: 2n ** 64n - 1n,
      Bytes: Uint8Array.of(0xa0, 1),
      Text: 'ключ',
      Big: bigIntBytes(2n ** 256n - 1n),
      Array: Uint8Array.of(0, 127, 0xa0),
      Texts: ['a', '', 'b'],
      Inner: { Text: 'x' },
    }
    const fields = gobFields(read(createGobWriter(EVERYTHING)(value)))
    expect(fields.flag('Flag')).toBe(true)
    expect(fields.integer('Int')).toBe(value.Int)
    expect(fields.integer('Uint')).toBe(value.Uint)
    expect(Buffer.from(fields.bytes('Bytes')).toString('hex')).toBe('a001')
    expect(fields.text('Text')).toBe('ключ')
    expect(fields.uint256('Big')).toBe(2n ** 256n - 1n)
    expect([...fields.array('Array', 3)]).toEqual([0, 127, 0xa0])
    expect(fields.texts('Texts')).toEqual(['a', '', 'b'])
    expect(read(createGobWriter(EVERYTHING)(value))['Inner']).toEqual({ Text: 'x' })
  })

  test('leaves out what is zero, which is read as zero', () => {
    const bytes = createGobWriter(EVERYTHING)({ Flag: false, Int: 0n, Text: '', Texts: [], Bytes: new Uint8Array() })
    expect(read(bytes)).toEqual({})
    const fields = gobFields(read(bytes))
    expect([fields.flag('Flag'), fields.integer('Int'), fields.text('Text'), fields.texts('Texts')]).toEqual([
      ...[false, 0n, '', []],
    ])
    expect([...fields.array('Array', 3)]).toEqual([0, 0, 0])
    expect(fields.uint256('Big')).toBeUndefined()
  })

  test('integers survive, of either sign and up to 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => {
        expect(new GobReader(signedBytes(value)).signed64()).toBe(value)
      }),
    )
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(new GobReader(signedBytes(value)).signed()).toBe(value)
      }),
    )
  })
})

/** A stream of definitions and the bytes of one struct. */
const streamOf = (definitions: readonly (readonly [number, GobDefinition])[], value: Uint8Array): Buffer =>
  Buffer.concat([
    ...definitions.map(([id, each]) => blobBytes(Buffer.concat([signedBytes(-id), definitionBytes(each)]))),
    blobBytes(Buffer.concat([signedBytes(definitions[0]?.[0] ?? 65), value])),
  ])
const aStruct = (...fields: (readonly [string, number])[]): GobDefinition => ({
  kind: 'struct',
  id: 65,
  name: 'S',
  fields: fields.map(([name, type]) => ({ name, type })),
})

describe('values of every kind that a stream can describe are skipped as a whole', () => {
  const known = blobBytes(Buffer.from('seen'))
  const nothing = Buffer.from([0])
  const skipped: [string, number, Buffer][] = [
    ['a float', 4, unsignedBytes(0x40f0n)],
    ['a complex number', 7, Buffer.concat([unsignedBytes(1), unsignedBytes(2n ** 63n)])],
    ['an empty interface', 8, nothing],
    ['an interface', 8, Buffer.concat([blobBytes(Buffer.from('int')), signedBytes(2), blobBytes(Buffer.from([0, 4]))])],
    [
      'a map',
      66,
      Buffer.concat([unsignedBytes(2), ...[1, 2].flatMap((n) => [blobBytes(Buffer.from('k')), signedBytes(n)])]),
    ],
    ['a list of structs', 67, Buffer.concat([unsignedBytes(2), fieldsBytes([known]), fieldsBytes([known])])],
  ]
  const more: [number, GobDefinition][] = [
    [66, { kind: 'map', id: 66, name: '', key: 6, element: 2 }],
    [67, { kind: 'slice', id: 67, name: '', element: 68 }],
    [68, { ...aStruct(['Text', 6]), id: 68 }],
  ]

  test.each(skipped)('%s', (_, type, bytes) => {
    const stream = streamOf([[65, aStruct(['Unknown', type], ['Known', 6])], ...more], fieldsBytes([bytes, known]))
    const value = read(stream)
    expect(value['Known']).toBe('seen')
    if (type !== 67) expect(value['Unknown']).toBe(UNREAD)
    expect(() => gobFields(value).text('Unknown')).toThrow('another kind')
  })
})

describe('a hostile stream is a fault', () => {
  const good = createGobWriter(EVERYTHING)({ Text: 'x', Array: Uint8Array.of(1, 2, 3), Texts: ['a'] })

  test('cut anywhere', () => {
    for (let length = 0; length < good.length; length++) expect(() => read(good.subarray(0, length))).toThrow(GobFault)
  })

  test('types that hold themselves', () => {
    const deep = Buffer.alloc(60_000, 1)
    const list: GobDefinition = { kind: 'slice', id: 66, name: '', element: 66 }
    expect(() =>
      read(
        streamOf(
          [
            [65, aStruct(['A', 66])],
            [66, list],
          ],
          fieldsBytes([deep]),
        ),
      ),
    ).toThrow('in each other')
    const array: GobDefinition = { kind: 'array', id: 66, name: '', element: 66, length: 1 }
    expect(() =>
      read(
        streamOf(
          [
            [65, aStruct(['A', 66])],
            [66, array],
          ],
          fieldsBytes([deep]),
        ),
      ),
    ).toThrow('in each other')
    const map: GobDefinition = { kind: 'map', id: 66, name: '', key: 66, element: 66 }
    expect(() =>
      read(
        streamOf(
          [
            [65, aStruct(['A', 66])],
            [66, map],
          ],
          fieldsBytes([deep]),
        ),
      ),
    ).toThrow('in each other')
    expect(() => read(streamOf([[65, aStruct(['A', 65])]], deep))).toThrow('in each other')
  })

  test.each([
    ['bytes', 5],
    ['text', 6],
    ['a list', 66],
    ['an array', 67],
    ['a map', 68],
  ])('a huge length: %s', (_, type) => {
    const stream = streamOf(
      [
        [65, aStruct(['A', type])],
        [66, { kind: 'slice', id: 66, name: '', element: 6 }],
        [67, { kind: 'array', id: 67, name: '', element: 3, length: 2 ** 40 }],
        [68, { kind: 'map', id: 68, name: '', key: 6, element: 6 }],
      ],
      fieldsBytes([unsignedBytes(2 ** 40)]),
    )
    expect(() => read(stream)).toThrow(/announced/)
  })

  test('an array of another length than its type', () => {
    const array: GobDefinition = { kind: 'array', id: 66, name: '', element: 3, length: 20 }
    const value = fieldsBytes([Buffer.from([2, 1, 1])])
    expect(() =>
      read(
        streamOf(
          [
            [65, aStruct(['A', 66])],
            [66, array],
          ],
          value,
        ),
      ),
    ).toThrow('2 elements in an array of 20')
  })

  test('integers of more than 64 bits, types of no kind, of two or of an unknown one, and ids that are not defined', () => {
    expect(() =>
      read(streamOf([[65, aStruct(['A', 3])]], fieldsBytes([Buffer.from([0xf0, ...Buffer.alloc(16)])]))),
    ).toThrow('an integer of 16 bytes')
    expect(() => read(streamOf([[65, aStruct(['A', 77])]], fieldsBytes([known])))).toThrow('type 77 is not defined')
    expect(() => read(Buffer.from('03ff810003ff8200', 'hex'))).toThrow('a type of no kind')
    expect(() => read(Buffer.from('07ff81010001000003ff8200', 'hex'))).toThrow('a type of two kinds')
    expect(() => read(Buffer.from('05ff8108000003ff8200', 'hex'))).toThrow('a type of unknown kind 8')
    expect(() => read(Buffer.from('03040001', 'hex'))).toThrow('type 2 is no defined struct')
  })
  const known = blobBytes(Buffer.from('x'))

  test('numbers that are negative, or of more than 256 bits', () => {
    const big =
      (bytes: Uint8Array): (() => unknown) =>
      () =>
        gobFields(read(createGobWriter(EVERYTHING)({ Big: bytes }))).uint256('Big')
    expect(big(Uint8Array.of(3, 1))).toThrow('negative')
    expect(big(Uint8Array.of(4, 1))).toThrow('unknown form')
    expect(big(Buffer.concat([Buffer.from([2, 1]), Buffer.alloc(32)]))).toThrow('more than 256 bits')
    expect(big(new Uint8Array())()).toBe(0n)
  })

  test('more bytes, values in each other or types than its reader allows', () => {
    expect(() => decodeGob(good, { ...BOUNDS, bytes: good.length - 1 })).toThrow(`at most ${good.length - 1}`)
    const inner = createGobWriter(EVERYTHING)({ Inner: { Text: 'x' } })
    expect(() => decodeGob(inner, { ...BOUNDS, nesting: 1 })).toThrow('more than 1 values in each other')
    expect(() => decodeGob(good, { ...BOUNDS, definitions: 3 })).toThrow('more than 3 types')
  })

  test('names that every object has are names like others', () => {
    const stream = streamOf([[65, aStruct(['__proto__', 6], ['A', 2])]], fieldsBytes([known]))
    expect(() => gobFields(read(stream)).text('toString')).not.toThrow()
    expect(gobFields(read(stream)).text('toString')).toBe('')
  })

  test('whatever it is, nothing but a fault', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), expectFaultOrValue), { numRuns: 1000 })
  })

  test('a good one with bytes changed, cut or repeated', () => {
    const all = gobVectors().map(({ bytes }) => bytes)
    const change = fc.tuple(fc.nat(2000), fc.nat(255))
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.array(change, { maxLength: 4 }), fc.nat(2000), (bytes, changes, cut) => {
        const changed = Buffer.from(bytes)
        for (const [at, value] of changes) changed[at % changed.length] = value
        expectFaultOrValue(cut % 3 === 0 ? changed.subarray(0, cut) : changed)
      }),
      { numRuns: 1000 },
    )
  })
})

function expectFaultOrValue(bytes: Uint8Array): void {
  try {
    expect(isGobStruct(read(bytes))).toBe(true)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(GobFault)
  }
}
