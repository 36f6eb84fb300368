import { readFileSync } from 'node:fs'

/** A value that Go wrote, and what it is; numbers of any size are text, as are addresses and group ids. */
export interface GobVector {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
  readonly value: Readonly<Record<string, unknown>>
  /** Where it lay in etcd; undefined for values that were only encoded. */
  readonly key?: string
}

const read = (name: string): unknown => JSON.parse(readFileSync(`test/vectors/${name}.json`, 'utf8'))
const typeName = (type: string): string => type.replace(/^.*\./, '')

const valueVectors = (): GobVector[] =>
  (read('gob-values') as { name: string; type: string; gob_hex: string; value: GobVector['value'] }[]).map((each) => ({
    name: each.name,
    type: typeName(each.type),
    bytes: Buffer.from(each.gob_hex, 'hex'),
    value: each.value,
  }))

interface Kept {
  readonly key: string
  readonly type?: string
  readonly value_hex: string
  readonly decoded?: GobVector['value']
  readonly text?: string
}

/** What a group of the reference left in etcd. */
export const etcdDump = (): readonly Kept[] => read('etcd-dump') as Kept[]

const dumpVectors = (): GobVector[] =>
  etcdDump().flatMap(({ key, type, value_hex: hex, decoded }) =>
    type !== undefined && decoded
      ? [{ name: key, key, type: typeName(type), bytes: Buffer.from(hex, 'hex'), value: decoded }]
      : [],
  )

/** Every value of every type of record that Go wrote. */
export const gobVectors = (): readonly GobVector[] => [...valueVectors(), ...dumpVectors()]

/** Bytes as the vectors tell them: with `0x` in hex, or in base64; null is none. */
export function vectorBytes(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.from(value.slice(2), 'hex')
  return Buffer.from((value as { base64: string } | null)?.base64 ?? '', 'base64')
}

/** What a group of the reference left in etcd below its base prefix, by what follows it. */
export const dumpBelow = (base: string): ReadonlyMap<string, Buffer> =>
  new Map(etcdDump().map(({ key, value_hex: hex }) => [key.slice(base.length), Buffer.from(hex, 'hex')]))
