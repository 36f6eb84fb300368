export interface WatchOptions<T> {
  /** Tells of every change; returns how to stop being told. */
  readonly onChange: (listener: () => void) => () => void
  readonly read: () => T
  readonly signal: AbortSignal
  /** What may not wait: a change that leaves it equal is told after `calmMs` at the earliest. */
  readonly urgent?: (value: T) => string
  readonly calmMs?: number
}

/** The value now, then again after changes, never faster than its reader takes it; ends with the signal. */
export async function* watch<T>({ onChange, read, signal, urgent, calmMs = 0 }: WatchOptions<T>): AsyncGenerator<T> {
  const bell = new Bell()
  const stop = onChange(() => bell.ring())
  const onAbort = (): void => bell.ring()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    let told: string | undefined
    for (let calmAt = 0; !signal.aborted;) {
      bell.mute()
      const value = read()
      const word = urgent?.(value)
      const waitMs = word === told ? calmAt - performance.now() : 0
      if (waitMs > 0) {
        await bell.rung(waitMs)
        continue
      }
      told = word
      calmAt = performance.now() + calmMs
      yield value
      await bell.rung()
    }
  } finally {
    stop()
    signal.removeEventListener('abort', onAbort)
  }
}

/** Rings that nobody waited for are heard by whoever waits next, once. */
class Bell {
  #isRung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#isRung = true
    this.#wake?.()
  }

  mute(): void {
    this.#isRung = false
  }

  /** Resolves at the next ring, or after `limitMs`. */
  async rung(limitMs?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    if (!this.#isRung)
      await new Promise<void>((done) => {
        this.#wake = done
        if (limitMs !== undefined) timer = setTimeout(done, limitMs)
      })
    clearTimeout(timer)
    this.#wake = undefined
    this.#isRung = false
  }
}
