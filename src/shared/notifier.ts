/** Tells listeners that something changed, many changes at once. */
export interface Notifier {
  /** A change of a state: told before the next timer runs. */
  changed(): void
  /** Numbers grew: told at most every `growthMs`. */
  grew(): void
  onChange(listener: () => void): () => void
  close(): void
}

export function createNotifier({ growthMs = 500 } = {}): Notifier {
  const listeners = new Set<() => void>()
  let isTelling = false
  let timer: NodeJS.Timeout | undefined
  const tell = (): void => {
    isTelling = false
    clearTimeout(timer)
    timer = undefined
    for (const listener of [...listeners]) listener()
  }
  return {
    changed() {
      if (isTelling) return
      isTelling = true
      queueMicrotask(tell)
    },
    grew() {
      timer ??= setTimeout(tell, growthMs).unref()
    },
    onChange(listener) {
      const own = (): void => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    close() {
      clearTimeout(timer)
      listeners.clear()
    },
  }
}
