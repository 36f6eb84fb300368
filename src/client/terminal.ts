import { printable } from '../shared/printable.js'
import { withColours } from './render/colour.js'

/** Writes to stdout; resolves when its reader keeps up. With `writeError` the only way for a command's text to get out. */
export function writeOut(text: string): Promise<void> {
  if (process.stdout.write(withColours(printable(text)))) return Promise.resolve()
  return new Promise((done) => process.stdout.once('drain', done))
}

export function writeError(text: string): void {
  process.stderr.write(printable(text))
}

/** Lines at the end of a terminal that are drawn again in place; each has to fit its width. */
export class LiveLines {
  #drawn = 0

  draw(lines: readonly string[]): void {
    const back = this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A`
    process.stdout.write(`${back}${lines.map((line) => `\u001b[2K${printable(line)}\n`).join('')}`)
    this.#drawn = lines.length
  }
}
