import type { Readable } from 'node:stream'
import { SnetError } from '../../shared/errors.js'
import type { Call, Filter } from './call.js'
import { StatusError } from './failure.js'
import { PREFIX_BYTES, requireFits } from './frame-meter.js'

export interface FirstMessageLimits {
  readonly timeoutMs: number
  readonly maxMessageBytes: number
}

/**
 * Lets a call on once its first message has begun and is not too large, so that no channel is held and nothing is
 * forwarded for a client that opens calls and stays silent. A call that ends without any message is refused as the
 * reference refuses it (snet-wire 4.1). Nothing is taken from the request: it is put back.
 */
export const awaitFirstMessage =
  ({ timeoutMs, maxMessageBytes }: FirstMessageLimits): Filter =>
  async (call, next) => {
    const prefix = await firstBytes(call, timeoutMs)
    if (prefix === undefined) throw new StatusError(UNKNOWN, 'EOF')
    requireFits(prefix.readUInt32BE(1), maxMessageBytes)
    await next()
  }

const UNKNOWN = 2

/** The first bytes of the request, enough for a message's prefix; undefined when it ends before the first one. */
function firstBytes({ request, signal }: Call, timeoutMs: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let seen: Buffer | undefined
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      request.off('readable', onReadable).off('end', onEnd)
      signal.removeEventListener('abort', onAbort)
      act()
    }
    const onReadable = (): void => {
      const chunk = request.read() as Buffer | null
      if (chunk) seen = seen ? Buffer.concat([seen, chunk]) : chunk
      if (seen && seen.length >= PREFIX_BYTES) settle(() => resolve(putBack(request, seen as Buffer)))
    }
    const onEnd = (): void =>
      settle(() =>
        seen ? reject(new SnetError('invalid-request', 'the request ended within a message')) : resolve(undefined),
      )
    const onAbort = (): void => settle(() => reject(signal.reason as Error))
    const timer = setTimeout(() => settle(() => reject(tooLate(timeoutMs))), timeoutMs)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    request.on('readable', onReadable).once('end', onEnd)
  })
}

function putBack(request: Readable, bytes: Buffer): Buffer {
  request.unshift(bytes)
  return bytes
}

const tooLate = (timeoutMs: number): SnetError =>
  new SnetError('timed-out', `the first message of the call did not come within ${timeoutMs} ms`, {
    hint: 'Send the request right after opening the call.',
  })
