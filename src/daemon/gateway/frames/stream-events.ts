/** What becomes of a stream; all of it is told from the event of a socket. */
export interface StreamEvents {
  /** A header list came: the answer's headers, those before it, or trailers. Only for who asked. */
  onFields?(fields: readonly string[], isTrailers: boolean): void
  /** There may be something to read, or the end. */
  onNews?(): void
  /** There is room for more to write again. */
  onRoom?(): void
  /** The socket has the last of what this side sends. */
  onAllSent?(): void
  /** It is over, and what it sent has left. @param code of the reset; undefined after a good end */
  onClose?(code: number | undefined): void
}
