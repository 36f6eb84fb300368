import { createInterface } from 'node:readline/promises'
import { SnetError } from '../shared/errors.js'
import { writeError } from './terminal.js'

/**
 * Asks whoever sits there. Errors: `cancelled` for anything but yes; `invalid-request` where nobody sits there and nothing
 * was agreed to beforehand.
 */
export async function confirm(question: string, signal: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new SnetError('invalid-request', 'nobody is here to say yes, and nothing was sent', {
      hint: '--yes agrees beforehand; --dry-run only shows.',
    })
  }
  using lines = closing(createInterface({ input: process.stdin, output: process.stderr }))
  const answer = await lines.reader.question(`${question} [y/N] `, { signal }).catch(() => '')
  if (/^y(?:es)?$/i.test(answer.trim())) return
  writeError('Nothing was sent.\n')
  throw new SnetError('cancelled', 'not agreed to')
}

const closing = (reader: ReturnType<typeof createInterface>) => ({
  reader,
  [Symbol.dispose]: () => reader.close(),
})
