import { constants, fstatSync, writeSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pause } from '../../../shared/clock.js'
import { messageOf } from '../../../shared/errors.js'
import { makeDirectory } from '../../../shared/make-directory.js'
import type { TimeZone } from '../../../shared/time-zone.js'
import { CLOSE_MS, type LineSink, MAX_UNWRITTEN_BYTES } from '../line-sink.js'
import type { LogFields } from '../log.js'
import { pointTo } from './current-link.js'
import { FileSeries } from './file-series.js'
import { type KeptFiles, tidy } from './old-files.js'

export interface LogFileConfig extends KeptFiles {
  /** An absolute path with `%Y %m %d %H %M %S`. */
  readonly pattern: string
  /** Absolute path of a link to the newest file; undefined for none. */
  readonly currentLink: string | undefined
  /** A file that would become larger gives way to a new one; 0 is no bound. */
  readonly maxBytes: number
}

export interface LogFileDeps {
  readonly zone: TimeZone
  readonly now: () => number
  /** Told of what cannot be done; it may log that. */
  readonly onTrouble: (message: string, fields: LogFields) => void
  /** After so long, what failed is tried again. */
  readonly retryMs?: number
}

/** The group may read, as those who ship logs do. */
const FILE_MODE = 0o640
const FOLDER_MODE = 0o750
/** A pipe that nobody reads must not hold up who opens it. */
const APPENDING = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK

const MAX_BATCH_BYTES = 64 * 1024
const RETRY_MS = 1_000
/** Old files are looked at when a new one begins, and this often. */
const TIDY_MS = 3_600_000

interface Opened {
  readonly handle: FileHandle
  path: string
  size: number
}

/** Lines in files that follow one another by date and size. What cannot be written waits, and beyond a bound is lost. */
export class LogFile implements LineSink {
  readonly #config: LogFileConfig
  readonly #deps: LogFileDeps
  readonly #series: FileSeries
  readonly #retryMs: number
  readonly #closing = new AbortController()
  readonly #atExit = (): void => this.#flush()
  #lines: string[] = []
  #bytes = 0
  /** Of a batch, what a disk had no room for. */
  #rest: Buffer | undefined
  #lost = 0
  #opened: Opened | undefined
  /** Path of the file that is about to be opened. */
  #next = ''
  #isMoved = false
  /** When the next file is tried again, on the clock of performance. */
  #switchAt = 0
  #running: Promise<void> | undefined
  #tidying: Promise<void> | undefined
  #tidyAt = 0
  #isClosed = false

  constructor(config: LogFileConfig, deps: LogFileDeps) {
    this.#config = config
    this.#deps = deps
    this.#retryMs = deps.retryMs ?? RETRY_MS
    this.#series = new FileSeries(config.pattern, deps.zone)
    process.once('exit', this.#atExit)
  }

  write(line: string): void {
    if (this.#isClosed) return
    const size = Buffer.byteLength(line)
    if (this.#bytes + size > MAX_UNWRITTEN_BYTES) {
      this.#lost++
      return
    }
    this.#bytes += size
    this.#lines.push(line)
    this.#run()
  }

  reopen(): void {
    this.#isMoved = true
    this.#switchAt = 0
    this.#run()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    const timer = setTimeout(() => this.#closing.abort(), CLOSE_MS)
    // A file that could not be written is tried once more.
    if (this.#running) await this.#running
    this.#closing.abort()
    clearTimeout(timer)
    await this.#tidying
    process.off('exit', this.#atExit)
    await this.#opened?.handle.close().catch(() => undefined)
  }

  get #hasWork(): boolean {
    const isToMove = this.#isMoved && this.#opened !== undefined && !this.#isStuck
    return this.#lines.length > 0 || this.#rest !== undefined || isToMove
  }

  /** The next file could not be opened just now. */
  get #isStuck(): boolean {
    return this.#switchAt > performance.now()
  }

  #run(): void {
    if (this.#running || !this.#hasWork) return
    this.#running = this.#work().finally(() => {
      this.#running = undefined
      if (!this.#closing.signal.aborted) this.#run()
    })
  }

  async #work(): Promise<void> {
    while (this.#hasWork && !this.#closing.signal.aborted) {
      try {
        await this.#writeSome()
      } catch (fault) {
        this.#trouble('the log file cannot be written', fault)
        await pause(this.#retryMs, this.#closing.signal)
      }
    }
  }

  #trouble(message: string, fault: unknown): void {
    const path = this.#series.pathAt(this.#deps.now())
    if (!this.#closing.signal.aborted) this.#deps.onTrouble(message, { path, reason: messageOf(fault) })
  }

  async #writeSome(): Promise<void> {
    if (!this.#rest || !this.#opened || this.#isMoved) await this.#place()
    const opened = this.#opened as Opened
    let rest = this.#rest ?? this.#take(this.#isStuck ? 0 : opened.size)
    while (rest && rest.length > 0) {
      this.#rest = rest
      const { bytesWritten } = await opened.handle.write(rest)
      opened.size += bytesWritten
      rest = rest.subarray(bytesWritten)
    }
    this.#rest = undefined
    if (this.#lost === 0) return
    const lines = this.#lost
    this.#lost = 0
    this.#deps.onTrouble('lines are missing in the log file: it could not be written', { path: opened.path, lines })
  }

  /** As many lines as the file has room for; nothing where the next one wants another file. */
  #take(size: number): Buffer | undefined {
    const { maxBytes } = this.#config
    let taken = 0
    let count = 0
    for (const line of this.#lines) {
      const next = taken + Buffer.byteLength(line)
      const isTooLarge = maxBytes > 0 && size + next > maxBytes && size + taken > 0
      if (isTooLarge || (next > MAX_BATCH_BYTES && count > 0)) break
      taken = next
      count++
    }
    this.#bytes -= taken
    return count === 0 ? undefined : Buffer.from(this.#lines.splice(0, count).join(''))
  }

  /** Sees to it that the file of this moment is open; where it cannot be, the one before goes on. */
  async #place(): Promise<void> {
    const now = this.#deps.now()
    const path = this.#series.pathAt(now)
    const before = this.#opened
    const isFull = before !== undefined && before.path === path && this.#isFull(before)
    if (before && before.path === path && !isFull && !this.#isMoved) return this.#tidyInTime()
    if (before && this.#isStuck) return
    this.#next = path
    try {
      if (isFull && !this.#isMoved) {
        const free = await this.#series.freeName(path, now)
        await rename(path, free)
        before.path = free
      }
      this.#opened = await openFile(path)
      this.#isMoved = false
      await before?.handle.close().catch(() => undefined)
    } catch (fault) {
      if (!before) throw fault
      this.#switchAt = performance.now() + this.#retryMs
      this.#trouble('the next log file cannot be opened, and the one before goes on', fault)
      return
    }
    await this.#link(path)
    this.#tidyAt = 0
    this.#tidyInTime()
  }

  #isFull({ size }: Opened): boolean {
    const next = Buffer.byteLength(this.#lines[0] ?? '')
    return this.#config.maxBytes > 0 && size > 0 && size + next > this.#config.maxBytes
  }

  async #link(path: string): Promise<void> {
    const { currentLink } = this.#config
    if (currentLink === undefined) return
    await pointTo(currentLink, path, FOLDER_MODE).catch((fault: unknown) =>
      this.#trouble('the link to the newest log file stays as it is', fault),
    )
  }

  /** In the background: lines do not wait for it. */
  #tidyInTime(): void {
    const nowMs = this.#deps.now()
    if (this.#tidying || Math.abs(nowMs - this.#tidyAt) < TIDY_MS) return
    this.#tidyAt = nowMs
    const isInUse = (path: string): boolean => path === this.#opened?.path || path === this.#next
    this.#tidying = tidy(this.#series, this.#config, { isInUse, nowMs, signal: this.#closing.signal })
      .catch((fault: unknown) => this.#trouble('old log files cannot be tidied up', fault))
      .finally(() => (this.#tidying = undefined))
  }

  /** The last lines of a process that ends at once. */
  #flush(): void {
    if (!this.#opened) return
    const { handle, size } = this.#opened
    try {
      // A batch may have been written of which this process has not heard yet.
      const written = Math.max(0, fstatSync(handle.fd).size - size)
      const rest = this.#rest?.subarray(written) ?? Buffer.alloc(0)
      writeSync(handle.fd, Buffer.concat([rest, Buffer.from(this.#lines.join(''))]))
    } catch {
      // There is nobody left to tell.
    }
  }
}

async function openFile(path: string): Promise<Opened> {
  await makeDirectory(dirname(path), FOLDER_MODE)
  const handle = await open(path, APPENDING, FILE_MODE)
  try {
    const found = await handle.stat()
    if (!found.isFile() && !found.isCharacterDevice()) throw new Error(`${path} is no file`)
    return { handle, path, size: found.size }
  } catch (fault) {
    await handle.close()
    throw fault
  }
}
