import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2'

const holds = new FinalizationRegistry<object>(() => undefined)

/**
 * Keeps the native part of a session until that of its stream is gone. When node collects both at once, a header block that
 * did not end, or had more fields than node takes, is freed after the session that counts its bytes, and an assertion of
 * node's ends the process.
 */
export function outlive(session: ClientHttp2Session, stream: ClientHttp2Stream): void {
  // Before the session is connected its streams have no native part.
  if (stream.pending) stream.once('ready', () => holdFor(session, stream))
  else holdFor(session, stream)
}

/** @returns false where this node keeps its native parts elsewhere; a test tells */
export function holdFor(session: ClientHttp2Session, stream: ClientHttp2Stream): boolean {
  const [native, ofStream] = [nativePartOf(session), nativePartOf(stream)]
  if (!native || !ofStream) return false
  // What is registered with a target is held until the target has been collected.
  holds.register(ofStream, native)
  return true
}

/** Where node keeps the native part of its sessions and streams: one name for both, looked for once. */
let handleKey: symbol | undefined

function nativePartOf(owner: object): object | undefined {
  handleKey ??= Object.getOwnPropertySymbols(owner).find(({ description }) => description === 'kHandle')
  const part: unknown = handleKey && (owner as Record<symbol, unknown>)[handleKey]
  return typeof part === 'object' && part !== null ? part : undefined
}
