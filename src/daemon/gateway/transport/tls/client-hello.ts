/** What a client says of itself before anything is agreed on. */
export interface ClientHello {
  /** In lower case; empty where it names none. */
  readonly serverName: string
  readonly protocols: readonly string[]
}

const HANDSHAKE = 22
const CLIENT_HELLO = 1
const SERVER_NAME = 0
const ALPN = 16
const HEAD_BYTES = 5
/** RFC 8446 5.1. */
const MAX_RECORD_BYTES = 16_384

/** How many bytes of a connection `parseClientHello` looks at, at most. */
export const MAX_HELLO_BYTES = HEAD_BYTES + MAX_RECORD_BYTES

/**
 * Reads the ClientHello (RFC 8446 4.1.2) at the begin of a connection. `more` while it may still become one, undefined
 * where it is none, or none in one record, as all programs send it.
 */
export function parseClientHello(bytes: Buffer): ClientHello | 'more' | undefined {
  if (bytes.length > 0 && bytes[0] !== HANDSHAKE) return undefined
  if (bytes.length < HEAD_BYTES) return 'more'
  const length = bytes.readUInt16BE(3)
  if (length > MAX_RECORD_BYTES) return undefined
  if (bytes.length < HEAD_BYTES + length) return 'more'
  try {
    return readHello(new Reader(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length)))
  } catch {
    return undefined
  }
}

function readHello(record: Reader): ClientHello | undefined {
  if (record.number(1) !== CLIENT_HELLO) return undefined
  const hello = record.block(3)
  // Version and random.
  hello.take(2 + 32)
  hello.block(1) // session
  hello.block(2) // cipher suites
  hello.block(1) // compression
  const found = { serverName: '', protocols: [] as string[] }
  const extensions = hello.block(2)
  while (!extensions.isEmpty) {
    const type = extensions.number(2)
    const content = extensions.block(2)
    if (type === SERVER_NAME) found.serverName = readServerName(content)
    if (type === ALPN) found.protocols = readProtocols(content)
  }
  return found
}

function readServerName(content: Reader): string {
  const names = content.block(2)
  while (!names.isEmpty) {
    const type = names.number(1)
    const name = names.block(2)
    if (type === 0) return name.text().toLowerCase()
  }
  return ''
}

function readProtocols(content: Reader): string[] {
  const names = content.block(2)
  const protocols: string[] = []
  while (!names.isEmpty) protocols.push(names.block(1).text())
  return protocols
}

/** Throws when it ends too early. */
class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isEmpty(): boolean {
    return this.#at === this.#bytes.length
  }

  take(count: number): Buffer {
    if (count > this.#bytes.length - this.#at) throw new RangeError('cut off')
    return this.#bytes.subarray(this.#at, (this.#at += count))
  }

  number(size: number): number {
    return this.take(size).readUIntBE(0, size)
  }

  /** @param size of the number that says how long it is */
  block(size: number): Reader {
    return new Reader(this.take(this.number(size)))
  }

  text(): string {
    return this.#bytes.toString('latin1')
  }
}
