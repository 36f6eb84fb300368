import type { ErrorKind } from '../../shared/errors.js'
import type { Call, Onlooker } from './call.js'
import { toldOf } from './failure.js'

/** A call of which all is known. */
export interface MeteredCall extends Pick<Call, 'method' | 'metadata'> {
  /** When it came, in milliseconds since 1970. */
  readonly start: number
  readonly ms: number
  /** The status that its client was told; 0 for an answer. */
  readonly code: number
  /** What its client was told in place of an answer. */
  readonly error: string
  /** Somebody pays for it, or would have. */
  readonly hasPayer: boolean
}

/** Who is told of every call, and keeps none of them waiting. */
export interface CallMeter {
  callEnded(call: MeteredCall): void
}

/** Tells of each call once it is over, however it ended: also of those that were refused. */
export const meter =
  (told: CallMeter, codes: Readonly<Record<ErrorKind, number>>): Onlooker =>
  (call) => {
    const [start, begun] = [Date.now(), performance.now()]
    return (thrown) => {
      const { method, metadata, payer } = call
      const { code, text: error } = thrown === undefined ? ANSWERED : toldOf(thrown, codes)
      const ms = performance.now() - begun
      told.callEnded({ method, metadata, start, ms, code, error, hasPayer: payer !== undefined })
    }
  }

const ANSWERED = { code: 0, text: '' }
