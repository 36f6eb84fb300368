import type { Socket } from 'node:net'
import type { Connection, RequestSource } from '../../call.js'
import type { Form } from '../form.js'
import type { OnLimit } from '../connection-limits.js'
import type { Leaving, Outlet } from '../outlet.js'
import type { Patience } from './liveness.js'

/** A request on a stream of HTTP/2, whoever speaks that with the client. */
export interface ServedStream extends Leaving {
  readonly isGone: boolean
  outlet(form: Form): Outlet
  openBody(): RequestSource
  /** Answers what is no call, as a whole. */
  answer(head: Readonly<Record<string, string>>, body: string): void
}

/** @param raw the head of the request: names and values in turn, pseudo-fields first */
export type OnStream = (stream: ServedStream, raw: readonly string[], connection: Connection) => void

export interface Http2Deps {
  readonly onStream: OnStream
  /** Something that nobody foresaw has ended a connection. */
  readonly onFault: (error: unknown) => void
  readonly onLimit: OnLimit
}

export interface Http2Config extends Patience {
  readonly maxHeaderBytes: number
  readonly maxStreamsPerConnection: number
  readonly http2: Http2Bounds
}

/** What else a connection may have of us. */
export interface Http2Bounds {
  /** Unread request bytes of one call. */
  readonly callWindowBytes: number
  /** Calls that may be begun and given up in each second, and ten times as many at once; node has a bound of its own. */
  readonly resetsPerSecond: number
  /** Frames that carry nothing, and twice as many at once; node has bounds of its own. */
  readonly idleFramesPerSecond: number
}

/** The HTTP/2 connections of a port. */
export interface Http2Connections {
  take(socket: Socket): void
  /** Tells every client to open no new streams. */
  stopAccepting(): void
  /** Resolves when every client has heard of that: what comes behind is refused, as it was told. */
  whenTold(): Promise<void>
  /** Resolves when every connection has ended. */
  whenClosed(): Promise<void>
}

/** Unread request bytes that one connection may leave with us, by those of a call: one slow call does not stall the others. */
export const CALL_WINDOWS = 32
