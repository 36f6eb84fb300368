import { SnetError } from '../../shared/errors.js'
import { HeaderList } from './header-list.js'

/** Names that belong to one connection, never to a call (RFC 9113 8.2.2). */
const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'host',
  'te',
])

/** A received header block as metadata: without pseudo headers and what belongs to the connection. */
export function receivedMetadata(raw: readonly string[]): HeaderList {
  const list = new HeaderList()
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string
    if (!name.startsWith(':') && !CONNECTION_HEADERS.has(name)) list.add(name, raw[i + 1] as string)
  }
  return list
}

/**
 * Refuses a header list above `maxBytes`, counted as RFC 9113 6.5.2 counts. The session's own limit is told to the
 * client in SETTINGS, and counts only once he has acknowledged it.
 */
export function requireHeadersFit(raw: readonly string[], maxBytes: number): void {
  const OVERHEAD_BYTES = 32
  let size = 0
  for (let i = 0; i < raw.length; i++) size += (raw[i] as string).length + OVERHEAD_BYTES / 2
  if (size <= maxBytes) return
  throw new SnetError('rate-limited', `the header list of the call is larger than ${maxBytes} bytes`, {
    hint: 'max_header_size_in_kb of the daemon sets the limit.',
  })
}

/** The form in which node:http2 sends headers: a repeated name as a list of values. */
export function toHttp2Headers(
  list: HeaderList,
  into: Record<string, string | string[]> = {},
): Record<string, string | string[]> {
  for (const [name, value] of list) {
    const known = into[name]
    if (known === undefined) into[name] = value
    else if (Array.isArray(known)) known.push(value)
    else into[name] = [known, value]
  }
  return into
}

/** Text as a `grpc-message` carries it: everything but printable ASCII, and `%`, percent-encoded by its UTF-8 bytes. */
export function encodeGrpcMessage(text: string): string {
  return text.replace(/[^\x20-\x24\x26-\x7e]+/g, (part) =>
    [...Buffer.from(part, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
}

const TIMEOUT_UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 }

/** A `grpc-timeout` value in milliseconds; undefined when it is none: at most 8 digits and a unit. */
export function parseTimeout(text: string): number | undefined {
  const match = /^(\d{1,8})([HMSmun])$/.exec(text)
  return match ? Number(match[1]) * (TIMEOUT_UNIT_MS[match[2] as string] as number) : undefined
}

/** Milliseconds as a `grpc-timeout`, rounded up so that nobody gives up early. */
export const formatTimeout = (ms: number): string => {
  const whole = Math.max(1, Math.ceil(ms))
  return whole < 1e8 ? `${whole}m` : `${Math.min(99_999_999, Math.ceil(whole / 1000))}S`
}
