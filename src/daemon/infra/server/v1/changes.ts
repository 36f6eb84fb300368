import { onAbort } from '../../../../shared/abort.js'

export interface WatchOptions<T> {
  /** Tells of every change; returns how to stop being told. */
  readonly onChange: (listener: () => void) => () => void
  readonly read: () => T
  readonly signal: AbortSignal
  /** The part of a value whose changes are told at once; any other change is told after `calmMs` at the earliest. */
  readonly urgent?: (value: T) => string
  readonly calmMs?: number
}

/** The value now, then again after changes, never faster than its reader takes it; ends with the signal. */
export async function* watch<T>({ onChange, read, signal, urgent, calmMs = 0 }: WatchOptions<T>): AsyncGenerator<T> {
  const changes = new ChangeSignal()
  const stop = onChange(() => changes.mark())
  using _ending = onAbort(signal, () => changes.mark())
  try {
    let told: string | undefined
    for (let calmAt = 0; !signal.aborted;) {
      changes.clear()
      const value = read()
      const word = urgent?.(value)
      const waitMs = word === told ? calmAt - performance.now() : 0
      if (waitMs > 0) {
        await changes.next(waitMs)
        continue
      }
      told = word
      calmAt = performance.now() + calmMs
      yield value
      await changes.next()
    }
  } finally {
    stop()
  }
}

/** Remembers one change that came while nobody waited, for the next who waits. */
class ChangeSignal {
  #isMarked = false
  #wake: (() => void) | undefined

  mark(): void {
    this.#isMarked = true
    this.#wake?.()
  }

  clear(): void {
    this.#isMarked = false
  }

  /** Resolves at the next change, or after `limitMs`. */
  async next(limitMs?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    if (!this.#isMarked)
      await new Promise<void>((done) => {
        this.#wake = done
        if (limitMs !== undefined) timer = setTimeout(done, limitMs)
      })
    clearTimeout(timer)
    this.#wake = undefined
    this.#isMarked = false
  }
}
