import type { ErrorKind } from '../../shared/errors.js'
import type { Cancelled } from '../../shared/cancellation.js'
import type { Address } from '../../shared/units.js'
import type { Span } from '../observability/index.js'
import type { HeaderList } from './header-list.js'

/** What calls come on. One client may have several; and one may carry the calls of many, behind a proxy. */
export interface Connection {
  /** The address of who has made it, or of whom its proxy has named; undefined where none is known. */
  readonly client?: string | undefined
  /** Ends it at once, with all calls on it. */
  cut(): void
}

/**
 * One gRPC call as the filters see it: raw bytes and metadata, with nothing of the transport. The messages are never
 * decoded here; `request` and `reply` carry them with their 5-byte gRPC prefixes (flag, length).
 */
export interface Call {
  /** Full path, `/package.Service/Method`. */
  readonly method: string
  /** What the client sent: lower-case names in order of arrival, without pseudo and connection headers. */
  readonly metadata: HeaderList
  /** When the call must have ended, on `performance.now()`'s clock; `Infinity` without a limit. */
  readonly deadline: number
  /** The client went away, the deadline passed or the daemon cut the call; the reason is a SnetError. */
  readonly cancelled: Cancelled
  readonly connection: Connection
  /** Where the client is, by what trusted proxies say; undefined where it is not known. */
  readonly client?: string | undefined
  /** Calls `listener` once the client has all of the answer, or will get no more of it. */
  whenGone(listener: () => void): void
  readonly request: RequestSource
  readonly reply: Reply
  /** The request is a single message, as far as is known; its end follows at once. */
  readonly asksOnce: boolean
  /** The answer is a single message; it waits until all filters are done. */
  readonly answersOnce: boolean
  /** The payer, once known; the service learns the address as `snet-user-address`. */
  payer: Address | undefined
  /** What is done for it now, where calls are traced; the service is told of it as `traceparent`. */
  span?: Span | undefined
  /** The right to serve it, where there has to be one: it is asked before anything is delivered. */
  right: Cancelled | undefined
  /** Ends the call from inside, as when the right to serve it was lost. */
  abort(reason: Error): void
}

/** The bytes of a request as they come. Nothing more is taken of the client than is read here. */
export interface RequestSource {
  /** Returns at once the bytes that have come and were not read yet; undefined when there are none. */
  read(): Buffer | undefined
  /** Puts bytes back, to be read again before all others. */
  unread(bytes: Buffer): void
  /** Whether all of it was read. */
  readonly isEnded: boolean
  /** Calls `listener` whenever there may be something to read, or the end; what is returned stops that. */
  onNews(listener: () => void): () => void
}

/** What a call is granted, known by its method alone. */
export interface CallTerms {
  /** For calls whose client sets no deadline. */
  readonly defaultTimeoutMs: number
  readonly largestTimeoutMs: number
  readonly asksOnce: boolean
  readonly answersOnce: boolean
  /** The status of each kind of error. */
  readonly codes: Readonly<Record<ErrorKind, number>>
}

/** Who serves the calls that transports hand out. */
export interface CallServer {
  termsOf(method: string): CallTerms
  readonly onCall: Pipeline
}

/** Where the answer goes. Headers and stream messages leave at once; the trailers only when all filters are done. */
export interface Reply {
  headers(headers: HeaderList): void
  /** False asks the writer to wait for `drained` before it writes again. */
  write(chunk: Buffer): boolean
  drained(): Promise<void>
  /** Set by whoever answers the call; sent by the transport after the pipeline has succeeded. */
  trailers: HeaderList | undefined
}

/** What happens to a call: resolves once it was answered OK; rejects with what its client is to be told in place of an answer. */
export type Pipeline = (call: Call) => Promise<void>

/** Looks on at a call from its headers on. What it returns is told once how the call ended, by what was thrown if it failed. */
export type Onlooker = (call: Call) => (thrown?: unknown) => void

/** A step that has nothing to wait for: it throws to refuse the call. */
export type Check = (call: Call) => void
