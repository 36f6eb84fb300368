import { fstatSync } from 'node:fs'
import { writeOut } from './terminal.js'

/** Ends the process, quietly, once the reader of stdout has seen enough and left; `| head` expects it. */
export function endWithReader(): void {
  process.stdout.on('error', endOnBrokenPipe)
}

/** Goes on when the reader has left: those who are served do not depend on who reads our stdout. */
export function outliveReader(): void {
  process.stdout.on('error', () => undefined).off('error', endOnBrokenPipe)
}

function endOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
}

const ASK_EVERY_MS = 1_000

/**
 * Aborts once the reader of stdout has left, where that is a pipe. Only writing shows it, so a space is written each second,
 * which nobody who reads lines or JSON sees.
 */
export function watchReader(): Disposable & { readonly signal: AbortSignal } {
  const left = new AbortController()
  const onError = (): void => left.abort()
  outliveReader()
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
