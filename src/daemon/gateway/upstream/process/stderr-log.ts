import type { Readable } from 'node:stream'
import { printableLine } from '../../../../shared/printable.js'
import { TokenBucket } from '../../../../shared/token-bucket.js'
import type { Log } from '../../../observability/index.js'

const MAX_LINE = 500
/** A model that tells of its progress does so many times in a second. */
const LINES = { burst: 50, perSecond: 2 }

/** What the executable says of itself, on its way to the log: no more than anybody can read, and as a terminal may show it. */
export class StderrLog {
  readonly #log: Pick<Log, 'info'>
  readonly #lines = new TokenBucket(LINES)
  #untold = 0

  constructor(log: Pick<Log, 'info'>) {
    this.#log = log
  }

  /** @param fields that say whose lines these are */
  follow(stderr: Readable, fields: Readonly<Record<string, unknown>>): void {
    let line = ''
    const tell = (): void => {
      if (line.trim() !== '') this.#tell(line, fields)
      line = ''
    }
    stderr.setEncoding('utf8')
    stderr.on('data', (text: string) => {
      for (const [i, part] of text.split('\n').entries()) {
        if (i > 0) tell()
        if (line.length < MAX_LINE) line += part.slice(0, MAX_LINE - line.length)
      }
    })
    stderr.once('close', tell)
  }

  #tell(line: string, fields: Readonly<Record<string, unknown>>): void {
    if (!this.#lines.take()) {
      this.#untold++
      return
    }
    const untold = this.#untold > 0 && { untold_lines: this.#untold }
    this.#untold = 0
    this.#log.info(`executable: ${printableLine(line)}`, { ...fields, ...untold })
  }
}
