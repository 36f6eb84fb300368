import { isIPv4, isIPv6 } from 'node:net'
import { plainAddress } from '../../../../shared/address-set.js'

/** What a connection begins with that a proxy passes on (PROXY protocol, versions 1 and 2). */
export interface ProxyHeader {
  /** Bytes of it; what follows is the client's. */
  readonly length: number
  /** Where the client is; undefined where the proxy speaks for itself, or does not know. */
  readonly client: string | undefined
}

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const V1 = Buffer.from('PROXY ')
const MAX_V1_BYTES = 107
const V2_HEAD_BYTES = 16
/** Addresses take 216 at most; the rest is what proxies tell besides, such as of a certificate. */
const MAX_V2_BYTES = 4_096

/** Undefined as long as more has to come. */
export function parseProxyHeader(bytes: Buffer): ProxyHeader | 'malformed' | undefined {
  if (startsAs(bytes, SIGNATURE)) return bytes.length < V2_HEAD_BYTES ? undefined : parseV2(bytes)
  return startsAs(bytes, V1) ? parseV1(bytes) : 'malformed'
}

/** Whether one is the beginning of the other. */
function startsAs(bytes: Buffer, word: Buffer): boolean {
  const length = Math.min(bytes.length, word.length)
  return bytes.subarray(0, length).equals(word.subarray(0, length))
}

const PORT = '(0|[1-9]\\d{0,4})'
const V1_LINE = new RegExp(`^PROXY (?:UNKNOWN(?: [\\x20-\\x7e]*)?|TCP([46]) (\\S+) (\\S+) ${PORT} ${PORT})$`)

function parseV1(bytes: Buffer): ProxyHeader | 'malformed' | undefined {
  const end = bytes.indexOf('\r\n')
  if (end < 0) return bytes.length < MAX_V1_BYTES ? undefined : 'malformed'
  if (end + 2 > MAX_V1_BYTES) return 'malformed'
  const match = V1_LINE.exec(bytes.toString('latin1', 0, end))
  if (!match) return 'malformed'
  const [, family, source = '', target = '', ...ports] = match
  if (family === undefined) return { length: end + 2, client: undefined }
  const isAddress = family === '4' ? isIPv4 : isIPv6
  const isWhole = [source, target].every((each) => isAddress(each) && !each.includes('%'))
  if (!isWhole || ports.some((port) => Number(port) > 65_535)) return 'malformed'
  return { length: end + 2, client: plainAddress(source) }
}

const LOCAL = 0x20
const PROXY = 0x21
/** Bytes of an address, by family and protocol. */
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 0x11: 4, 0x12: 4, 0x21: 16, 0x22: 16 }
const UNSPECIFIED = 0x00
const UNIX = [0x31, 0x32]
const UNIX_BYTES = 216

function parseV2(bytes: Buffer): ProxyHeader | 'malformed' | undefined {
  const [command, kind, size] = [bytes.readUInt8(12), bytes.readUInt8(13), bytes.readUInt16BE(14)]
  const length = V2_HEAD_BYTES + size
  if ((command !== LOCAL && command !== PROXY) || length > MAX_V2_BYTES) return 'malformed'
  const width = ADDRESS_BYTES[kind]
  const least =
    width !== undefined ? 2 * width + 4 : UNIX.includes(kind) ? UNIX_BYTES : kind === UNSPECIFIED ? 0 : Infinity
  if (command === PROXY && size < least) return 'malformed'
  if (bytes.length < length) return undefined
  if (command === LOCAL || width === undefined) return { length, client: undefined }
  return { length, client: textOf(bytes.subarray(V2_HEAD_BYTES, V2_HEAD_BYTES + width)) }
}

function textOf(address: Buffer): string {
  if (address.length === 4) return address.join('.')
  const groups = Array.from({ length: 8 }, (_none, i) => address.readUInt16BE(2 * i).toString(16))
  const text = new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(text)
  return mapped ? address.subarray(12).join('.') : text
}
