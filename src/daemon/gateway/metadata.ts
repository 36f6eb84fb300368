import { HeaderList, perList } from './header-list.js'

/** Names that belong to one connection or one body, never to a call; the first kind may not be sent (RFC 9113 8.2.2). */
const NOT_OF_A_CALL: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
  'host',
  // An answer that is held back or cut off has another length than the service's.
  'content-length',
])

/** Whether a received field describes the call and may go on to the other side. */
export const isOfCall = (name: string): boolean => !name.startsWith(':') && !NOT_OF_A_CALL.has(name)

/** A received header block as metadata: without what describes its connection or its body. */
export const receivedMetadata = (raw: readonly string[]): HeaderList => new HeaderList(fieldsOfCall(raw))

const fieldsOfCall = perList((raw) => {
  const fields: string[] = []
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string
    if (isOfCall(name)) fields.push(name, raw[i + 1] as string)
  }
  return fields
})

/** A value without the blanks around it. A pattern would look at the blanks within it again and again. */
export function trimBlanks(value: string): string {
  if (!isBlank(value, 0) && !isBlank(value, value.length - 1)) return value
  let [from, to] = [0, value.length]
  while (from < to && isBlank(value, from)) from++
  while (to > from && isBlank(value, to - 1)) to--
  return value.slice(from, to)
}

const isBlank = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\t'

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
