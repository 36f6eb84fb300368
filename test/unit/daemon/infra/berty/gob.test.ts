import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signedBytes, GobFault, GobReader } from '../../../../../src/daemon/infra/berty/invites/gob-bytes.js'
import { decodeGob, type GobStruct } from '../../../../../src/daemon/infra/berty/invites/gob-decoder.js'
import { encodeGob } from '../../../../../src/daemon/infra/berty/invites/gob-encoder.js'
import { decodeGobInvite, encodeGobInvite } from '../../../../../src/daemon/infra/berty/invites/gob-invite.js'

const vectors = JSON.parse(readFileSync('test/vectors/gob-invites.json', 'utf8')) as {
  names: { generation: string; messages: string[] }[]
}
const bytesOf = (generation: string): Buffer =>
  Buffer.from(vectors.names.find((each) => each.generation === generation)?.messages.join('') ?? '', 'hex')

const EXPECTED = {
  kind: 2,
  group: {
    publicKey: new Uint8Array(32).fill(0x11),
    secret: new Uint8Array(32).fill(0x22),
    secretSig: new Uint8Array(64).fill(0x33),
    groupType: 3,
    signPub: new Uint8Array(),
    linkKey: new Uint8Array(),
    linkKeySig: new Uint8Array(64).fill(0x44),
  },
  displayName: 'g1',
  internalUrl: 'BERTY://PB/X',
  webUrl: 'https://berty.tech/id#group/Y/name=g1',
}

/** Buffers and plain arrays of bytes alike. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      each instanceof Uint8Array
        ? Buffer.from(each).toString('hex')
        : (each as { type?: string; data?: number[] } | null)?.type === 'Buffer'
          ? Buffer.from((each as { data: number[] }).data).toString('hex')
          : each,
    ),
  )

describe('gob', () => {
  test.each(['current', 'era A'])('reads what Go wrote under the names of %s', (generation) => {
    expect(plain(decodeGobInvite(bytesOf(generation)))).toEqual(plain(EXPECTED))
  })

  test('writes byte for byte what Go writes', () => {
    expect(encodeGobInvite(EXPECTED).toString('hex')).toBe(bytesOf('current').toString('hex'))
  })

  test('reads ids that another process has given', () => {
    // Go goes on counting where the process was: a stream whose ids all start later is as good.
    const moved = bytesOf('current').toString('hex')
    const shifted = Buffer.from(
      moved.replaceAll(/ff(8[1-9a-f])/g, (_, low: string) => `ff${hex(low, 0x20)}`),
      'hex',
    )
    expect(plain(decodeGobInvite(shifted))).toEqual(plain(EXPECTED))
  })

  test('integers survive, negative ones too', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(new GobReader(signedBytes(value)).signed()).toBe(value)
      }),
    )
  })

  test('anything else is a fault and nothing but a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expectFaultOrValue(() => decodeGob(bytes))
      }),
      { numRuns: 2000 },
    )
  })

  test('a good stream with bytes changed, cut or repeated is a fault or a value', () => {
    const good = bytesOf('era A')
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(good.length), (changes, length) => {
        const bytes = Buffer.from(good)
        for (const [at, value] of changes) bytes[at] = value
        expectFaultOrValue(() => decodeGobInvite(bytes.subarray(0, length)))
      }),
      { numRuns: 3000 },
    )
  })

  test('is bounded in size, in depth and in types', () => {
    expect(() => decodeGob(Buffer.alloc(64 * 1024 + 1))).toThrow('at most 65536')
    const nested = Array.from({ length: 20 }).reduce<GobStruct>((inner) => ({ A: inner }), {})
    const recursive = encodeGob([{ id: 65, name: 'S', fields: [['A', 65]] }], nested)
    expect(() => decodeGob(recursive)).toThrow('in each other')
    const many = Array.from({ length: 65 }, (_, index) => emptyStruct(65 + index))
    expect(() => decodeGob(Buffer.concat(many))).toThrow('more than 64 types')
  })
})

function expectFaultOrValue(decode: () => unknown): void {
  try {
    expect(typeof decode()).toBe('object')
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(GobFault)
  }
}

const hex = (low: string, more: number): string => (Number.parseInt(low, 16) + more).toString(16)

function emptyStruct(id: number): Buffer {
  const body = Buffer.concat([signedBytes(-id), Buffer.from('0301010141000000', 'hex')])
  return Buffer.concat([Buffer.from([body.length]), body])
}
