import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeGobInvite, encodeGobInvite } from '../../../../../src/daemon/infra/berty/invites/gob-invite.js'
import { GobFault } from '../../../../../src/shared/gob/index.js'

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

describe('an invite in gob', () => {
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

  test('is bounded in size', () => {
    expect(() => decodeGobInvite(Buffer.alloc(64 * 1024 + 1))).toThrow('at most 65536')
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
