import { readFileSync } from 'node:fs'

interface Vector {
  readonly name: string
  readonly hex?: string
  readonly decoded?: unknown
  readonly urls?: readonly { group_name: string; internal_url: string; web_url: string }[]
}

const vectors = JSON.parse(readFileSync(new URL('../vectors/berty.json', import.meta.url), 'utf8')) as Vector[]

/** Bytes captured from a running Berty, and what they mean. */
export function bertyVector(name: string): Vector & { bytes: Buffer } {
  const found = vectors.find((each) => each.name === name)
  if (!found) throw new Error(`test/vectors/berty.json has no ${name}`)
  return { ...found, bytes: Buffer.from(found.hex ?? '', 'hex') }
}
