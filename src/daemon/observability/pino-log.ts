import { finished } from 'node:stream/promises'
import { destination, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
import type { LogLevel } from '../../shared/log-level.js'
import type { Log } from './log.js'

export interface LogConfig {
  readonly level: LogLevel
  readonly format: 'text' | 'json'
}

/**
 * Names of fields whose values never reach a log, at the top and one level down, should a caller hand them over by
 * mistake. Key material has no business in a log call; this is the second lock on that door.
 */
const SECRET_FIELDS = ['signature', 'token', 'key', 'privateKey', 'password', 'authorization']

/** Writes to stderr: stdout belongs to the ready line and to what commands print. */
export async function openLog({ level, format }: LogConfig): Promise<Log & AsyncDisposable> {
  const sink = format === 'json' ? destination({ fd: 2, sync: false }) : textSink()
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '(hidden)' },
    },
    sink,
  )
  let isOpen = true
  return {
    ...logOf(logger),
    async [Symbol.asyncDispose]() {
      if (!isOpen) return
      isOpen = false
      sink.end()
      await finished(sink as unknown as NodeJS.WritableStream).catch(() => undefined)
    },
  }
}

const textSink = () =>
  pretty({ destination: 2, sync: true, singleLine: true, colorize: process.stderr.isTTY, translateTime: false })

function logOf(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  }
}
