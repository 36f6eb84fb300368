import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { isObject } from '../../shared/is-object.js'
import { cutShort } from '../../shared/short-text.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import type { Log, LogFields } from '../observability/index.js'

/** What etcd says of itself, line by line. */
export interface EtcdLog {
  /** The last things it said that matter, for whoever tells of its end. */
  readonly lastWords: string
}

interface Line {
  readonly level: keyof Log
  readonly message: string
  readonly fields: LogFields
}

const KEPT_LINES = 4
const MAX_TEXT = 500
/** An etcd in trouble says so many times in a second. */
const WARNINGS = { burst: 20, perSecond: 1 }

/** Passes on every line, or without `isWhole` those about trouble, not more than anybody can read. */
export function followEtcdLog(output: Readable, { log, isWhole }: { log: Log; isWhole: boolean }): EtcdLog {
  const kept: string[] = []
  const warnings = new TokenBucket(WARNINGS)
  let isTrace = false
  createInterface({ input: output }).on('line', (text) => {
    // The reason comes before the trace of a program that gives up.
    isTrace ||= /^goroutine \d+ /.test(text)
    if (isTrace) return
    const { level, message, fields } = readLine(text)
    if (level === 'warn' || level === 'error') {
      const reason = fields['error']
      kept.push(typeof reason === 'string' ? `${message}: ${reason}` : message)
      if (kept.length > KEPT_LINES) kept.shift()
    }
    const isTold = isWhole || ((level === 'warn' || level === 'error') && warnings.take())
    if (isTold) log[level](`etcd: ${message}`, fields)
  })
  return {
    get lastWords() {
      return kept.length > 0 ? kept.join('; ') : 'it said nothing of its reason'
    },
  }
}

const LEVELS: Readonly<Record<string, keyof Log>> = { debug: 'debug', info: 'info', warn: 'warn' }

/** A line of zap's is JSON; what a Go program says when it cannot start is not. */
export function readLine(text: string): Line {
  const parsed = parse(text)
  if (!parsed) return { level: 'error', message: cutShort(text, MAX_TEXT), fields: {} }
  const { level, msg, ts: _time, caller: _caller, stacktrace: _stack, ...rest } = parsed
  const fields = Object.entries(rest).map(([name, value]) => [name, shorten(value)])
  return {
    level: LEVELS[String(level)] ?? 'error',
    message: cutShort(String(msg), MAX_TEXT),
    fields: Object.fromEntries(fields) as LogFields,
  }
}

const shorten = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean'
    ? value
    : cutShort(typeof value === 'string' ? value : JSON.stringify(value), MAX_TEXT)

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return isObject(value) && 'msg' in value ? value : undefined
  } catch {
    return undefined
  }
}
