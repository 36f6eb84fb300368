import type { LogEvent } from './event.js'

export interface Sending {
  /** How many events were left out before these. */
  readonly skipped: number
  /** Aborts when it has taken too long, or the daemon ends. */
  readonly signal: AbortSignal
}

/** One way to tell somebody. */
export interface Sender {
  /**
   * Tells of the first of these events, as many as one message takes, and says how many. Errors: `Refusal` where it is
   * of no use to try again, `Later` where the other side says when; any other is tried again.
   */
  send(events: readonly LogEvent[], sending: Sending): Promise<number>
  close?(): Promise<void>
}

/** The other side wants none of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** The other side wants it later. */
export class Later extends Error {
  override readonly name = 'Later'
  readonly afterMs: number

  constructor(message: string, afterMs: number) {
    super(message)
    this.afterMs = afterMs
  }
}
