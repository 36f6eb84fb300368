/** A piece of work within a trace, of which its operator is shown the time and how it ended. */
export interface Span {
  /** Begins a piece of this one. */
  child(name: string): Span
  /** A fact of few words; never a secret, nor what is signed. */
  set(name: string, value: string | number): void
  /** @param failed the kind of the error, where it ended with one */
  end(failed?: string): void
  /** How it is named to whoever is asked within it: the `traceparent` of W3C Trace Context. */
  readonly traceparent: string
}

/** Where traces of calls go. */
export interface Traces {
  /** @param parent `traceparent` as whoever asks has sent it */
  begin(name: string, parent: string | undefined): Span
}
