import type { Log } from '../../src/daemon/observability/index.js'

/** Keeps lines for tests that look at them. */
export function quietLog(lines: string[] = []): Log {
  const keep = (message: string): void => void lines.push(message)
  return { debug: keep, info: keep, warn: keep, error: keep }
}
