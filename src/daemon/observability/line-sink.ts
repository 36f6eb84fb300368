import { constants, fstatSync, openSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { destination } from 'pino'

/** Where lines go. To write never waits and never fails: what cannot be written is lost, beyond a bound. */
export interface LineSink extends AsyncDisposable {
  /** @param line with its end */
  write(line: string): void
  /** Somebody may have moved the file away: from now on lines go to one of its old name. */
  reopen(): void
}

/** What a sink that cannot be written may leave in memory; later lines are lost then. */
export const MAX_UNWRITTEN_BYTES = 1024 * 1024
/** Time for the last lines to be written. */
export const CLOSE_MS = 1_000

/** stdout or stderr. Written by other threads: a reader that has stopped reading stops nobody who logs. */
export function openStream(fd: number): LineSink {
  let isStuck = false
  const stream = destination({
    ...{ fd: withoutWaiting(fd), sync: false, maxLength: MAX_UNWRITTEN_BYTES },
    retryEAGAIN: () => (isStuck = true),
  })
  stream.on('error', () => undefined)
  stream.on('write', () => (isStuck = false))
  // At exit the library would try to write the last lines without end.
  const atExit = (): void => (isStuck ? stream.destroy() : undefined)
  process.prependOnceListener('exit', atExit)
  return {
    write: (line) => void stream.write(line),
    reopen: () => undefined,
    async [Symbol.asyncDispose]() {
      await ended(stream)
      process.off('exit', atExit)
    },
  }
}

/** A pipe anew, for us alone: a thread that waited for its reader would keep the process from ending. */
function withoutWaiting(fd: number): number {
  try {
    return fstatSync(fd).isFIFO() ? openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK) : fd
  } catch {
    return fd
  }
}

/** What cannot be written by then is given up. */
async function ended(stream: ReturnType<typeof destination>): Promise<void> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), CLOSE_MS)
  const over = finished(stream as unknown as NodeJS.WritableStream, { signal: limit.signal })
  stream.end()
  await over.catch(() => undefined)
  clearTimeout(timer)
  stream.destroy()
}
