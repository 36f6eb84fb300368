import { parseEnd, parseObject, type ExportEnd } from './export-text.js'

/** After so many records a word is due. */
const EVERY = 10_000

/** Hands lines on, and counts what passes. */
export class Passing {
  #count = 0
  #money = 0n
  #end: ExportEnd | undefined

  /** @param tell is called after many records each */
  constructor(private readonly tell: (text: string) => void) {}

  /** The last line that came; undefined before it did. */
  get end(): ExportEnd | undefined {
    return this.#end
  }

  async *lines(from: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const line of from) {
      this.#see(line)
      yield line
    }
  }

  #see(line: string): void {
    const raw = parseObject(line)
    if (!raw) return
    this.#end = parseEnd(raw) ?? this.#end
    if (typeof raw['record'] !== 'string') return
    const amount = raw['authorized'] ?? raw['amount']
    if (typeof amount === 'string' && /^\d{1,78}$/.test(amount)) this.#money += BigInt(amount)
    if (++this.#count % EVERY === 0) this.tell(`${this.#count} records, ${this.#money} cogs so far`)
  }
}
