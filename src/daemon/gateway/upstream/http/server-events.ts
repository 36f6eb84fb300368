import { notRead } from './faults.js'
import type { JudgeText, Splitter } from './json-values.js'

const LINE_FEED = 0x0a

/** The data of server-sent events (`text/event-stream`), lines of which end with LF or CR LF. */
export class ServerEvents implements Splitter {
  readonly #judge: JudgeText
  /** Of the line that is under way. */
  #parts: Buffer[] = []
  #data: string[] = []
  #name = ''
  #bytes = 0

  constructor(judge: JudgeText) {
    this.#judge = judge
  }

  *push(chunk: Buffer): Generator<Buffer> {
    let from = 0
    for (let end; (end = chunk.indexOf(LINE_FEED, from)) >= 0; from = end + 1) {
      this.#keep(chunk.subarray(from, end))
      yield* this.#takeLine()
    }
    this.#keep(chunk.subarray(from))
  }

  /** The last event may lack the empty line after it; whether it is whole, its JSON tells. */
  end(): Buffer[] {
    return [...this.#takeLine(), ...this.#takeEvent()]
  }

  #keep(part: Buffer): void {
    this.#judge((this.#bytes += part.length))
    if (part.length > 0) this.#parts.push(part)
  }

  #takeLine(): Buffer[] {
    const line = Buffer.concat(this.#parts).toString('utf8').replace(/\r$/, '')
    this.#parts = []
    if (line === '') return this.#takeEvent()
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
    if (name === 'data') this.#data.push(value)
    if (name === 'event') this.#name = value
    return []
  }

  #takeEvent(): Buffer[] {
    const [data, name] = [this.#data.join('\n'), this.#name]
    this.#data = []
    this.#name = ''
    this.#bytes = 0
    if (name === 'error') throw notRead(`the service tells of an error: ${data}`)
    // The last words of many such services, which are no JSON.
    return data === '' || data === '[DONE]' ? [] : [Buffer.from(data, 'utf8')]
  }
}
