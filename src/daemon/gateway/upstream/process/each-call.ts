import { unlessAborted } from '../../../../shared/cancellation.js'
import type { Call } from '../../call.js'
import type { Child } from './child.js'
import { MAX_OUTPUT_TOLD, processFailed } from './failed.js'
import { Output } from './output.js'

/** What serves one call with one process. */
export interface Work {
  readonly answer: Promise<readonly Buffer[]>
  /** Resolves when the process is free again, or gone. */
  readonly over: Promise<unknown>
}

/**
 * A process of its own for each call: the method is its argument, the request its input, and what it writes the answer
 * (snet-behaviour 6.5). It reads and writes at the same time, so that neither waits for the other.
 */
export function serveOnce(child: Child, request: Buffer, { cancelled }: Call, maxMessageBytes: number): Work {
  const output = new Output(child.stdout, maxMessageBytes, () => child.stop())
  const stop = cancelled.onAbort(() => child.stop())
  child.stdin.end(request)
  const answer = child.gone.then((failure) => {
    stop()
    if (output.fault) throw output.fault
    if (failure !== undefined) throw processFailed(failure, output.text(MAX_OUTPUT_TOLD))
    return output.parts
  })
  return { answer: unlessAborted(answer, cancelled), over: child.gone }
}
