import { constants } from 'node:http2'
import type { HeaderList } from '../header-list.js'
import { isOfCall, trimBlanks } from '../metadata.js'

/** Headers as node:http2 takes them; without a prototype, so that no foreign name means anything to JavaScript. */
export type HeaderBlock = Record<string, string | string[]>

const namesKnownToNode = Object.entries(constants)
  .filter(([key]) => key.startsWith('HTTP2_HEADER_'))
  .map(([, name]) => String(name))

/** HTTP's own fields, many of which node refuses to send twice; the two kinds of cookies are lines by nature. */
const JOINED: ReadonlySet<string> = new Set(
  namesKnownToNode.filter((name) => name !== 'cookie' && name !== 'set-cookie'),
)

const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * The only place where header blocks are made, for either side: what comes out, node:http2 can send.
 *
 * The first value of each of gRPC's own names counts, as it does for whoever reads the list here. Values of a field of HTTP are
 * joined, which gRPC holds to mean the same; all other metadata stays line by line. Names and values that HTTP/2 does
 * not allow are left out.
 *
 * @param own fields that are set by us, and that the list cannot change
 */
export function toHeaderBlock(list: HeaderList, own: Readonly<Record<string, string>> = {}): HeaderBlock {
  const block: HeaderBlock = Object.assign(Object.create(null) as object, own)
  const { fields } = list
  for (let at = 0; at < fields.length; at += 2) {
    const [name, value] = [fields[at] as string, fields[at + 1] as string]
    if (Object.hasOwn(own, name) || !isOfCall(name) || !NAME.test(name) || !VALUE.test(value)) continue
    block[name] = withValue(name, block[name], trimBlanks(value))
  }
  return block
}

function withValue(name: string, known: string | string[] | undefined, value: string): string | string[] {
  if (known === undefined) return value
  if (name.startsWith('grpc-')) return known
  if (JOINED.has(name)) return `${String(known)}, ${value}`
  if (!Array.isArray(known)) return [known, value]
  known.push(value)
  return known
}

/** What node:http2 sends in one block is 64 KiB; beside what is passed on there are fields of our own. */
export const MAX_BLOCK_BYTES = 60 * 1024

/** A block as names and values in turn. */
export function flatFields(block: Readonly<HeaderBlock>): string[] {
  const fields: string[] = []
  for (const name in block) {
    const value = block[name] as string | string[]
    if (typeof value === 'string') fields.push(name, value)
    else for (const line of value) fields.push(name, line)
  }
  return fields
}
