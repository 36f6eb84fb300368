import type { Log, LogFields } from './log.js'

const MINUTE_MS = 60_000

/**
 * Warns of what may happen with every call, at most once a minute for each message; the next warning says how often it
 * happened in between. Messages are texts of ours, so there are few.
 */
export function warnSeldom(log: Pick<Log, 'warn'>, now: () => number = () => performance.now()) {
  const told = new Map<string, { at: number; untold: number }>()
  return (message: string, fields: LogFields = {}): void => {
    const last = told.get(message)
    if (last && now() - last.at < MINUTE_MS) {
      last.untold++
      return
    }
    log.warn(message, { ...fields, ...(last && last.untold > 0 && { untold_since: last.untold }) })
    told.set(message, { at: now(), untold: 0 })
  }
}
