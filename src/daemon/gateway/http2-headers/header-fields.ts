import { constants } from 'node:http2'
import { type HeaderList, perList } from '../header-list.js'
import { isOfCall, trimBlanks } from '../metadata.js'

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
 * The only place where header blocks are made, for either side: names and values in turn, of which node:http2 can send any.
 *
 * The first value of each of gRPC's own names counts, as it does for whoever reads the list here. Values of a field of HTTP are
 * joined, which gRPC holds to mean the same; all other metadata stays line by line. Names and values that HTTP/2 does
 * not allow are left out.
 *
 * @param made fields that are set by us, each once, and that others cannot change: these are added behind them
 */
export function addHeaderFields(made: string[], fields: readonly string[]): string[] {
  const ownEnd = made.length
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string
    const value = fields[at + 1] as string
    if (isAmong(made, ownEnd, name) || !isOfCall(name) || !NAME.test(name) || !VALUE.test(value)) continue
    addTo(made, name, trimBlanks(value))
  }
  return made
}

/** The same for a list, behind fields of our own. */
export const toHeaderFields = (list: HeaderList, own: readonly string[] = []): string[] =>
  addHeaderFields(own.slice(), list.fields)

function addTo(made: string[], name: string, value: string): void {
  const isOfGrpc = name.startsWith('grpc-')
  const known = isOfGrpc || JOINED.has(name) ? placeOf(made, name) : -1
  if (known < 0) made.push(name, value)
  else if (!isOfGrpc) made[known + 1] = `${made[known + 1]}, ${value}`
}

function isAmong(fields: readonly string[], end: number, name: string): boolean {
  for (let at = 0; at < end; at += 2) if (fields[at] === name) return true
  return false
}

function placeOf(fields: readonly string[], name: string): number {
  for (let at = 0; at < fields.length; at += 2) if (fields[at] === name) return at
  return -1
}

/** The trailers of an answer. */
export const toTrailers = perList((fields) => addHeaderFields([], fields))

/** What node:http2 sends in one block is 64 KiB; beside what is passed on there are fields of our own. */
export const MAX_BLOCK_BYTES = 60 * 1024
