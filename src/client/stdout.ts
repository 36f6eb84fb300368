import { fstatSync } from 'node:fs'
import { type Complaining, showError } from './complaints.js'
import { EXIT_CODES } from './exit-codes.js'
import { cannotWrite, writeOut } from './terminal.js'

/**
 * Ends the process when stdout takes no more: quietly once its reader has seen enough and left, as `| head` expects, and
 * with the reason otherwise, since what was asked for did not get out.
 */
export function endWithStdout(complaining: Complaining): void {
  // This listener has to come before the library's own, which throws.
  process.stdout.prependListener('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    showError(cannotWrite(error), complaining)
    process.exit(EXIT_CODES['storage-failed'])
  })
}

/** Lets a server go on without stdout, which its clients do not need. Removes our listeners and the library's. */
export function outliveStdout(): void {
  process.stdout.removeAllListeners('error').on('error', () => undefined)
}

const ASK_EVERY_MS = 1_000

/**
 * Aborts once the reader of stdout has left, where that is a pipe. Only writing shows it, so a space is written each second,
 * which nobody who reads lines or JSON sees.
 */
export function watchReader(): Disposable & { readonly signal: AbortSignal } {
  const left = new AbortController()
  const onError = (): void => left.abort()
  outliveStdout()
  process.stdout.on('error', onError)
  const stdout = fstatSync(1)
  const isPipe = stdout.isFIFO() || stdout.isSocket()
  const timer = isPipe ? setInterval(() => void writeOut(' '), ASK_EVERY_MS).unref() : undefined
  return {
    signal: left.signal,
    [Symbol.dispose]() {
      clearInterval(timer)
      process.stdout.off('error', onError)
    },
  }
}
