import { isatty } from 'node:tty'

export interface StopSignals extends Disposable {
  /** Aborts at the first signal to stop. */
  readonly signal: AbortSignal
}

export interface DaemonSignals extends StopSignals {
  /** Calls `listener` at each SIGHUP that is no signal to stop. */
  readonly onHangup: (listener: () => void) => void
  /** Aborts at the next signal to stop, which ends the process if this was disposed of by then. */
  readonly untilNext: () => StopSignals
}

/**
 * SIGINT, SIGTERM and SIGQUIT stop; a second one ends the process, whatever is still open. SIGHUP stops, too, and may come
 * as often as terminals and shells send it. Disposing gives the signals back.
 */
export const stopOnSignals = (): StopSignals => listen({ onHangup: (stop) => stop() })

/** As `stopOnSignals`, but SIGHUP stops only where it says that the terminal is gone: not under nohup or a log rotation. */
export function daemonSignals({ isOnTerminal = isatty(0) } = {}): DaemonSignals {
  const listeners: (() => void)[] = []
  let next: AbortController | undefined
  const signals = listen({
    onHangup(stop) {
      if (isOnTerminal) stop()
      else for (const listener of listeners) listener()
    },
    onAnother() {
      if (!next) return false
      next.abort()
      next = undefined
      return true
    },
  })
  return {
    ...signals,
    onHangup: (listener) => void listeners.push(listener),
    untilNext() {
      next = new AbortController()
      return { signal: next.signal, [Symbol.dispose]: () => (next = undefined) }
    },
  }
}

const STOPPING = ['SIGINT', 'SIGTERM', 'SIGQUIT'] as const

interface Listening {
  readonly onHangup: (stop: () => void) => void
  /** Whether somebody has waited for a further signal to stop. */
  readonly onAnother?: () => boolean
}

function listen({ onHangup, onAnother }: Listening): StopSignals {
  const stop = new AbortController()
  const onStop = (): void => {
    if (stop.signal.aborted && !onAnother?.()) process.exit(130)
    stop.abort()
  }
  const onHup = (): void => onHangup(() => stop.abort())
  for (const name of STOPPING) process.on(name, onStop)
  process.on('SIGHUP', onHup)
  return {
    signal: stop.signal,
    [Symbol.dispose]() {
      for (const name of STOPPING) process.off(name, onStop)
      process.off('SIGHUP', onHup)
    },
  }
}
