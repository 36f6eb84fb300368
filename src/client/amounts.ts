import { parseDurationOrSeconds } from '../shared/duration.js'
import { SnetError } from '../shared/errors.js'

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
}

/** `300`, `300B`, `1.5kb`, `2 KiB`: kb, mb and gb count by 1000. Error: `invalid-request`. */
export function parseSize(written: string): number {
  const [, number, unit = 'b'] = /^(\d+(?:\.\d+)?)\s*(b|[kmg]b|[kmg]ib)?$/i.exec(written.trim()) ?? []
  const size = Number(number) * (UNITS[unit.toLowerCase()] ?? NaN)
  if (Number.isSafeInteger(Math.round(size)) && size >= 1) return Math.round(size)
  throw new SnetError('invalid-request', `"${written}" is not a size`, {
    hint: 'For example 300B, 1.5kb or 2KiB; kb, mb and gb count by 1000.',
  })
}

/** `2` (seconds), `250ms`, `1.5s`, `1m30s`: microseconds. Error: `invalid-request`. */
export function parseSpan(written: string): number {
  const span = Math.round(parseDurationOrSeconds(written.trim()) ?? NaN)
  if (Number.isSafeInteger(span)) return span
  throw new SnetError('invalid-request', `"${written}" is not a duration`, {
    hint: 'For example 250ms, 5s or 1m30s; a plain number means seconds.',
  })
}

const MAX_TIMEOUT_MS = 86_400_000

/** Of `--timeout`, in milliseconds. Error: `invalid-request`. */
export function parseTimeout(written: string): number {
  const timeoutMs = Math.round(parseSpan(written) / 1_000)
  if (timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS) return timeoutMs
  throw new SnetError('invalid-request', `--timeout must be from 1ms to 24h, not "${written}"`)
}
