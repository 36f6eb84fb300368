import { getSystemErrorMap } from 'node:util'
import { SnetError } from '../shared/errors.js'
import { printable } from '../shared/printable.js'
import { withColours } from './render/colour.js'

/**
 * Writes to stdout; resolves when its reader keeps up. With `writeError` the only way for a command's text to get out.
 */
export function writeOut(text: string): Promise<void> {
  if (process.stdout.write(withColours(printable(text)))) return Promise.resolve()
  return new Promise((done) => process.stdout.once('drain', done))
}

/** Resolves once it is out. Error: `storage-failed`. */
export function writeOutOrFail(text: string): Promise<void> {
  return new Promise((done, fail) =>
    process.stdout.write(printable(text), (error) => (error ? fail(cannotWrite(error)) : done())),
  )
}

/** The reason in the system's words, such as "no space left on device". */
export const cannotWrite = (error: NodeJS.ErrnoException): SnetError =>
  new SnetError(
    'storage-failed',
    `cannot write to stdout: ${getSystemErrorMap().get(error.errno ?? 0)?.[1] ?? error.message}`,
    { cause: error },
  )

export function writeError(text: string): void {
  process.stderr.write(printable(text))
}

/** Lines at the end of a terminal that are drawn again in place; each has to fit its width. */
export class LiveLines {
  #drawn = 0

  draw(lines: readonly string[]): void {
    const back = this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A`
    process.stdout.write(`${back}${lines.map((line) => `\u001b[2K${withColours(printable(line))}\n`).join('')}`)
    this.#drawn = lines.length
  }
}
