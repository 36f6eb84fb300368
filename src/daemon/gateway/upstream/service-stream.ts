import type { Socket } from 'node:net'

/** What comes on a stream to the service. All of it is told in order, and nothing once `onClose` was. */
export interface ServiceStreamEvents {
  /** The header block of the answer, names and values in turn. */
  onHeaders(raw: readonly string[]): void
  onData(chunk: Buffer): void
  /** May come before the last of the data was told, where that is paused. */
  onTrailers(raw: readonly string[]): void
  /** All data was told, and there is no more. */
  onEnd(): void
  /** The stream is over. @param resetCode of HTTP/2; 0 after a good end */
  onClose(resetCode: number): void
  /** The service takes more of the request again. */
  onDrain(): void
}

/** One call on a connection to the service, whichever HTTP/2 it is made with. */
export interface ServiceStream {
  /** Set once, before anything can have come. */
  listen(events: ServiceStreamEvents): void
  readonly needsDrain: boolean
  write(chunk: Buffer): void
  /** Ends the request. */
  end(): void
  readonly hasEnded: boolean
  /** Whether all of the request has gone out. */
  readonly isAllSent: boolean
  readonly isClosed: boolean
  pause(): void
  resume(): void
  /** Bytes of the answer that have come and were not told. */
  readonly unreadBytes: number
  reset(code: number): void
}

/** One HTTP/2 connection to the service, from the first attempt on. */
export interface ServiceSession {
  /** @param onClosed is told when the call takes no more room */
  open(headers: readonly string[], onClosed: () => void): ServiceStream
  /** False when it could not be sent. */
  ping(): boolean
  /** Ends it once its calls are over. */
  close(): void
  destroy(reason?: Error): void
  /** Calls that the service takes at a time. */
  readonly maxStreams: number
  /** Whether it takes no new calls. */
  readonly isGoing: boolean
  /** Whether it ended before the calls that were open on it. */
  readonly isBroken: boolean
  readonly bytesRead: number
}

export interface SessionEvents {
  /** The service has said how it speaks: calls can be made. */
  onReady(): void
  onError(error: Error): void
  onClose(): void
}

export interface ServiceAddress {
  readonly scheme: 'http' | 'https'
  /** HOST:PORT, as the service is told. */
  readonly authority: string
  /** Where it is, as clients and operators are told. */
  readonly shown: string
  /** @param protocols of TLS, the best first; nothing to a service in cleartext */
  readonly connect: (protocols: readonly string[]) => Socket
}

export type OpenSession = (address: ServiceAddress, events: SessionEvents) => ServiceSession

/** A call whose stream is not read leaves at most this much unread. */
export const STREAM_WINDOW_BYTES = 256 * 1024
/** Far above what all calls together leave unread: one stalled call must not stall the others on the connection. */
export const CONNECTION_WINDOW_BYTES = 2 ** 30
export const MAX_HEADER_BYTES = 64 * 1024
