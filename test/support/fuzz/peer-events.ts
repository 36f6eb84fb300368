import type { Lines } from './hpack-writer.js'

/** What is to be sent on a stream, in this order. */
export type Part =
  | { readonly kind: 'headers'; readonly fields: Lines; readonly ends: boolean }
  | { readonly kind: 'data'; readonly bytes: Buffer; readonly ends: boolean }
  | { readonly kind: 'reset'; readonly code: number }

export interface PeerEvents {
  onHeaders(stream: number, fields: Lines, ends: boolean): void
  onData(stream: number, bytes: Buffer, ends: boolean): void
  onReset(stream: number, code: number): void
  onClose(): void
  /** What the other side may not do, whatever it was sent. */
  onFault(what: string): void
}
