/**
 * Aborts at the first SIGINT or SIGTERM; the second one ends the process, whatever is still open. Disposing gives the
 * signals back.
 */
export function stopOnSignals(): { readonly signal: AbortSignal } & Disposable {
  const stop = new AbortController()
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return {
    signal: stop.signal,
    [Symbol.dispose]: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  }
}
