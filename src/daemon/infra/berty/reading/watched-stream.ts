import type { OpenStream, StreamEvents } from '../connection.js'

/**
 * A stream that has an end, and also ends with an error when nothing comes for so long although nobody has paused it:
 * Berty may leave a stream open and silent for ever (berty 3.7).
 */
export function openWatched(
  open: (events: StreamEvents) => OpenStream,
  to: StreamEvents,
  silenceMs: number,
): OpenStream {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  let isPaused = false
  const watch = (): void => {
    clearTimeout(timer)
    if (!isOver && !isPaused) timer = setTimeout(giveUp, silenceMs)
  }
  const over = (): void => {
    isOver = true
    clearTimeout(timer)
  }
  const giveUp = (): void => {
    over()
    stream.cancel()
    to.onEnd(new Error(`nothing came for ${silenceMs / 1000} s`))
  }
  const stream = open({
    onMessage: (bytes) => {
      watch()
      to.onMessage(bytes)
    },
    onEnd: (error) => {
      over()
      to.onEnd(error)
    },
  })
  watch()
  return {
    cancel: () => {
      over()
      stream.cancel()
    },
    pause: () => {
      isPaused = true
      clearTimeout(timer)
      stream.pause()
    },
    resume: () => {
      isPaused = false
      watch()
      stream.resume()
    },
  }
}
