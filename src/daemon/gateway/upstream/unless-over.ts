/** The outcome of `step`, or the reason why the call is over, whichever is first. */
export function unlessOver<T>(step: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const onAbort = (): void => fail(signal.reason as Error)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    void step.then(done, fail).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
