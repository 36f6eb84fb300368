import { type Logger, pino } from 'pino'
import { prettyFactory } from 'pino-pretty'
import { SnetError } from '../../shared/errors.js'
import { compileGoLayout } from '../../shared/go-layout.js'
import type { LogLevel } from '../../shared/log-level.js'
import { printable } from '../../shared/printable.js'
import { openTimeZone } from '../../shared/time-zone.js'
import { hostsOnly, withoutCredentials } from '../../shared/url-secrets.js'
import { type LineSink, openStream } from './line-sink.js'
import { LogFile, type LogFileConfig } from './log-file/index.js'
import type { Log, LogFields } from './log.js'
import { warnSeldom } from './warn-seldom.js'

export interface LogConfig {
  readonly level: LogLevel
  readonly format: 'text' | 'json'
  /** Of the times in lines and names; UTC when unset. */
  readonly timeZone?: string
  /** A layout of Go; milliseconds when unset, RFC 3339 when empty. */
  readonly timestampFormat?: string | undefined
  /** stderr when unset: stdout belongs to the ready line and to what commands print. */
  readonly outputs?: readonly ('stdout' | 'stderr' | 'file')[]
  /** Needed by the output `file`. */
  readonly file?: LogFileConfig
}

export interface LogDeps {
  /** Descriptors of the streams. */
  readonly stdout?: number
  readonly stderr?: number
  readonly now?: () => number
}

/** A line as it was written, without what nobody may see. */
export interface WrittenLine {
  readonly level: string
  readonly json: string
  readonly at: number
}

export interface OpenLog extends Log, AsyncDisposable {
  /** Counts from the next line on. */
  setLevel(level: LogLevel): void
  /** What ends the process, which its command tells on stderr: a line for everybody else. */
  tellEnd(fault: unknown): void
  /** Files that were moved away are begun anew. */
  reopen(): void
  /** Told of each line as it is written; it must not throw. */
  onLine(listener: (line: WrittenLine) => void): void
  /** Its lines are written, and no listener is told of them. */
  readonly aside: Log
}

/**
 * Names of fields whose values never reach a log, at the top and one level down, should a caller hand them over by
 * mistake. Key material has no business in a log call; this is the second lock on that door.
 */
const SECRET_FIELDS = ['signature', 'token', 'key', 'privateKey', 'password', 'authorization']

const MILLISECONDS = '2006-01-02T15:04:05.000Z07:00'
const RFC_3339 = '2006-01-02T15:04:05Z07:00'

/** A full disk, or a reader that has stopped, holds up nobody who logs. */
export async function openLog(
  config: LogConfig,
  { stdout = 1, stderr = 2, now = Date.now }: LogDeps = {},
): Promise<OpenLog> {
  const { outputs = ['stderr'], timestampFormat = MILLISECONDS } = config
  const zone = openTimeZone(config.timeZone ?? 'UTC')
  const stamp = compileGoLayout(timestampFormat || RFC_3339, zone)
  const log = new PinoLog(config, { stamp, now, isColoured: isColoured(outputs) })
  // What is wrong with the files is told where they are not.
  const lastResort = outputs.includes('stderr') ? undefined : openStream(stderr)
  const trouble = warnSeldom({ warn: (message, fields) => log.warn(message, fields, lastResort) })
  for (const output of outputs) {
    if (output === 'file' && config.file) log.add(new LogFile(config.file, { zone, now, onTrouble: trouble }))
    else if (output === 'stdout') log.add(openStream(stdout))
    else if (output === 'stderr') log.add(openStream(stderr), { isStderr: true })
  }
  if (lastResort) log.closeWith(lastResort)
  return log
}

/** Codes of colours would be noise in a file. */
const isColoured = (outputs: readonly string[]): boolean =>
  outputs.every((output) => (output === 'stdout' ? process.stdout.isTTY : output === 'stderr' && process.stderr.isTTY))

interface Looks {
  readonly stamp: (ms: number) => string
  readonly now: () => number
  readonly isColoured: boolean
}

class PinoLog implements OpenLog {
  readonly #logger: Logger
  readonly #shown: (json: string) => string
  readonly #now: () => number
  readonly #sinks: LineSink[] = []
  #stderr: LineSink | undefined
  readonly #closing: AsyncDisposable[] = []
  readonly #listeners: ((line: WrittenLine) => void)[] = []
  /** Of the line that is being written. */
  #isAside = false
  #isEnd = false
  #also: LineSink | undefined
  #isOpen = true

  constructor({ level, format }: LogConfig, { stamp, now, isColoured }: Looks) {
    this.#now = now
    const asLine = prettyFactory({
      // A fault is a text like others: what it quotes must not begin lines of its own.
      errorLikeObjectKeys: [],
      singleLine: true,
      colorize: isColoured,
      timestampKey: 'ts',
      translateTime: false,
    })
    this.#shown = format === 'json' ? (json) => json : (json) => asLine(asText(json))
    this.#logger = pino(
      {
        level,
        base: null,
        timestamp: () => `,"ts":${JSON.stringify(stamp(now()))}`,
        formatters: { level: (label) => ({ level: label }) },
        serializers: { error: faultText },
        redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '(hidden)' },
      },
      this.#destination(),
    )
  }

  debug: Log['debug'] = (message, fields) => this.#logger.debug(fields ?? {}, message)
  info: Log['info'] = (message, fields) => this.#logger.info(fields ?? {}, message)
  error: Log['error'] = (message, fields) => this.#logger.error(fields ?? {}, message)

  /** @param also where this line goes, too */
  warn = (message: string, fields?: LogFields, also?: LineSink): void => {
    this.#also = also
    this.#logger.warn(fields ?? {}, message)
    this.#also = undefined
  }

  readonly aside: Log = {
    debug: (message, fields) => this.#apart(() => this.debug(message, fields)),
    info: (message, fields) => this.#apart(() => this.info(message, fields)),
    warn: (message, fields) => this.#apart(() => this.warn(message, fields)),
    error: (message, fields) => this.#apart(() => this.error(message, fields)),
  }

  add(sink: LineSink, { isStderr = false } = {}): void {
    if (isStderr) this.#stderr = sink
    this.#sinks.push(sink)
    this.#closing.push(sink)
  }

  closeWith(part: AsyncDisposable): void {
    this.#closing.push(part)
  }

  tellEnd(fault: unknown): void {
    this.#isEnd = true
    // Of errors of ours the text says all.
    const fields = fault instanceof SnetError ? { reason: fault.message, hint: fault.hint } : { error: fault }
    this.#logger.fatal(fields, 'the daemon ends')
    this.#isEnd = false
  }

  setLevel(level: LogLevel): void {
    this.#logger.level = level
  }

  reopen(): void {
    for (const sink of this.#sinks) sink.reopen()
  }

  onLine(listener: (line: WrittenLine) => void): void {
    this.#listeners.push(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await Promise.all(this.#closing.map((part) => part[Symbol.asyncDispose]()))
  }

  /** Lines are written before the call that logs them returns. */
  #apart(log: () => void): void {
    this.#isAside = true
    log()
    this.#isAside = false
  }

  #destination() {
    const write = (level: number, line: string): void => {
      if (!this.#isOpen) return
      const json = cleanJson(line)
      const shown = this.#shown(json)
      for (const sink of this.#sinks) if (!this.#isEnd || sink !== this.#stderr) sink.write(shown)
      this.#also?.write(shown)
      if (this.#isAside || this.#listeners.length === 0) return
      const written = { level: this.#logger.levels.labels[level] ?? '', json, at: this.#now() }
      for (const listener of this.#listeners) listener(written)
    }
    return {
      // Asks the library for the level of each line.
      [Symbol.for('pino.metadata')]: true,
      lastLevel: 0,
      write(line: string): void {
        write(this.lastLevel, line)
      },
    }
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
