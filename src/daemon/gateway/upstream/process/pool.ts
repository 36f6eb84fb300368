import { unlessAborted } from '../../../../shared/cancellation.js'
import type { Call } from '../../call.js'
import type { Child } from './child.js'
import type { Work } from './each-call.js'
import { WarmProcess } from './warm-process.js'

/** Processes that stay. Whoever has a place finds one that is free, or starts one. */
export class Pool {
  readonly #start: () => Promise<Child>
  readonly #maxMessageBytes: number
  readonly #free = new Set<WarmProcess>()

  constructor(start: () => Promise<Child>, maxMessageBytes: number) {
    this.#start = start
    this.#maxMessageBytes = maxMessageBytes
  }

  async serve(method: string, request: Buffer, { cancelled }: Call): Promise<Work> {
    const worker = await this.#take()
    const answer = worker.ask(method, request)
    // It works on for somebody who has gone, and only its end ends that.
    const stop = cancelled.onAbort(() => worker.stop())
    const over = answer
      .then(
        () => undefined,
        () => undefined,
      )
      .then(async () => {
        stop()
        if (worker.isReady) this.#free.add(worker)
        else await worker.gone
      })
    return { answer: unlessAborted(answer, cancelled), over }
  }

  /** The one that answered last: its memory is warm. */
  async #take(): Promise<WarmProcess> {
    const worker = [...this.#free].filter(({ isReady }) => isReady).at(-1)
    if (worker) {
      this.#free.delete(worker)
      return worker
    }
    const started = new WarmProcess(await this.#start(), this.#maxMessageBytes)
    void started.gone.then(() => this.#free.delete(started))
    return started
  }
}
