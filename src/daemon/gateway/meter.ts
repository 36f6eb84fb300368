import type { ErrorKind } from '../../shared/errors.js'
import type { Call, Filter } from './call.js'
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
  (told: CallMeter, codes: Readonly<Record<ErrorKind, number>>): Filter =>
  async (call, next) => {
    const [start, begun] = [Date.now(), performance.now()]
    const tell = (code: number, error: string): void => {
      const { method, metadata, payer } = call
      told.callEnded({
        ...{ method, metadata, start, ms: performance.now() - begun, code, error },
        hasPayer: payer !== undefined,
      })
    }
    try {
      await next()
    } catch (thrown) {
      const { code, text } = toldOf(thrown, codes)
      tell(code, text)
      throw thrown
    }
    tell(0, '')
  }
