import { finished } from 'node:stream/promises'
import { destination, type Logger, pino } from 'pino'
import { prettyFactory } from 'pino-pretty'
import type { LogLevel } from '../../shared/log-level.js'
import { printable } from '../../shared/printable.js'
import { hostsOnly, withoutCredentials } from '../../shared/url-secrets.js'
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

/** What a log that cannot be written may leave in memory; later lines are lost then. */
const MAX_UNWRITTEN_BYTES = 1024 * 1024
/** Time for the last lines to be written. */
const CLOSE_MS = 1_000

export interface OpenLog extends Log, AsyncDisposable {
  /** Counts from the next line on. */
  setLevel(level: LogLevel): void
}

/** Writes to stderr: stdout belongs to the ready line and to what commands print. A full disk stops nobody who logs. */
export async function openLog({ level, format }: LogConfig, fd = 2): Promise<OpenLog> {
  const sink = destination({ fd, sync: format === 'text', maxLength: MAX_UNWRITTEN_BYTES })
  sink.on('error', () => undefined)
  const shown = format === 'json' ? cleanJson : (line: string) => asLine(asText(cleanJson(line)))
  let isOpen = true
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: faultText },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '(hidden)' },
    },
    { write: (line) => (isOpen ? void sink.write(shown(line)) : undefined) },
  )
  return {
    ...logOf(logger),
    setLevel: (next) => (logger.level = next),
    async [Symbol.asyncDispose]() {
      if (!isOpen) return
      isOpen = false
      await ended(sink)
    },
  }
}

type Sink = ReturnType<typeof destination>

/** What cannot be written by then is given up: at exit the library would try again without end. */
async function ended(sink: Sink): Promise<void> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), CLOSE_MS)
  const over = finished(sink as unknown as NodeJS.WritableStream, { signal: limit.signal })
  sink.end()
  await over.catch(() => undefined)
  clearTimeout(timer)
  sink.destroy()
}

const asLine = prettyFactory({
  // A fault is a text like others: what it quotes must not begin lines of its own.
  errorLikeObjectKeys: [],
  singleLine: true,
  colorize: process.stderr.isTTY,
  translateTime: false,
})

function logOf(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  }
}

/** A line may quote what strangers sent, or settings: no control character in it reaches a terminal, and no password. */
const cleanJson = (line: string): string => printable(withoutCredentials(line))

/** A parser of the line finds `\u009b` as these six characters, not as the character that they stand for. */
const asText = (line: string): string => line.replace(/\\([\\u])/g, (pair, second) => (second === 'u' ? '\\\\u' : pair))

const MAX_CAUSES = 5

/** The stack, with those of its causes; what libraries append to a message has URLs with keys in it. */
function faultText(fault: unknown): unknown {
  if (!(fault instanceof Error)) return fault
  const stacks: string[] = []
  for (let one: unknown = fault; one instanceof Error && stacks.length < MAX_CAUSES; one = one.cause)
    stacks.push(hostsOnly(one.stack ?? one.message))
  return stacks.join('\n  caused by ')
}
