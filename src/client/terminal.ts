import { printable } from '../shared/printable.js'

/** Writes to stdout; resolves when its reader keeps up. With `writeError` the only way for a command's text to get out. */
export function writeOut(text: string): Promise<void> {
  if (process.stdout.write(printable(text))) return Promise.resolve()
  return new Promise((done) => process.stdout.once('drain', done))
}

export function writeError(text: string): void {
  process.stderr.write(printable(text))
}
