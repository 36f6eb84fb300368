import { finished } from 'node:stream/promises'
import { destination, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
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

/** Writes to stderr: stdout belongs to the ready line and to what commands print. */
export async function openLog({ level, format }: LogConfig, fd = 2): Promise<Log & AsyncDisposable> {
  const sink = format === 'json' ? destination({ fd, sync: false }) : textSink(fd)
  const cleaned = format === 'json' ? cleanJson : (line: string) => asText(cleanJson(line))
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: faultText },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '(hidden)' },
    },
    { write: (line) => void sink.write(cleaned(line)) },
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

const textSink = (fd: number) =>
  // A fault is a text like others: what it quotes must not begin lines of its own.
  pretty({
    destination: fd,
    errorLikeObjectKeys: [],
    sync: true,
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
