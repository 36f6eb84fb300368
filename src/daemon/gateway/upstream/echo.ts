import { SnetError } from '../../../shared/errors.js'
import type { Call } from '../call.js'
import { unreadable } from '../failure.js'
import { FrameMeter, PREFIX_BYTES } from '../frame-meter.js'
import { HeaderList } from '../header-list.js'
import type { Upstream } from './upstream.js'

/** Stands in for the service: the first message of a call comes back as its answer (snet-behaviour 6.6). */
export const createEcho = ({ maxMessageBytes }: { maxMessageBytes: number }): Upstream => ({
  async forward(call) {
    const frame = await firstFrame(call, maxMessageBytes)
    call.reply.headers(new HeaderList())
    call.reply.write(frame)
    call.reply.trailers = new HeaderList().add('grpc-status', '0')
  },
  health: async () => ({ ok: true }),
  [Symbol.asyncDispose]: async () => undefined,
})

/** The first message with its prefix; what follows it is thrown away. */
function firstFrame({ request, signal }: Call, maxMessageBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const meter = new FrameMeter(maxMessageBytes)
    let seen = Buffer.alloc(0)
    const onAbort = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    const onData = (chunk: Buffer): void => {
      try {
        meter.push(chunk)
      } catch (fault) {
        return reject(unreceived(fault))
      }
      seen = Buffer.concat([seen, chunk])
      const size = seen.length < PREFIX_BYTES ? Infinity : PREFIX_BYTES + seen.readUInt32BE(1)
      if (seen.length < size) return
      request.off('data', onData).resume()
      resolve(seen.subarray(0, size))
    }
    request.on('data', onData)
    request.once('end', () =>
      reject(unreceived(new SnetError('invalid-request', 'the request ended within a message'))),
    )
  })
}

const unreceived = (fault: unknown): SnetError => unreadable('error receiving request; error: ', fault)
