import { readFile } from 'node:fs/promises'
import { messageOf, SnetError } from '../shared/errors.js'

/**
 * The bytes that a value means: itself as UTF-8, the content of `@file`, or all of stdin, to its end, for `-`. Error:
 * `invalid-request` for a file that cannot be read.
 */
export async function readData(data: string, stdin: AsyncIterable<Buffer | string>): Promise<Buffer> {
  if (data.startsWith('@')) {
    try {
      return await readFile(data.slice(1))
    } catch (cause) {
      throw new SnetError('invalid-request', `${data.slice(1)} cannot be read: ${messageOf(cause)}`, { cause })
    }
  }
  if (data !== '-') return Buffer.from(data)
  const parts: Buffer[] = []
  for await (const part of stdin) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}
