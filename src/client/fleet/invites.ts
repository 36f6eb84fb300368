import { SnetError } from '../../shared/errors.js'
import { readData } from '../read-data.js'

const LINK = /^(?:berty:\/\/|https:\/\/berty\.tech\/id#)/i

/**
 * The bytes that `--invite` means: unpadded base64url of an invite, a link, either of them in `@file` or on stdin (`-`).
 * A file may hold an invite as bytes, too. Error: `invalid-request`.
 */
export async function readInvite(written: string, stdin: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const bytes = await readData(written, stdin)
  const text = bytes.toString('utf8').trim()
  // "jq" prints "null" or nothing where the command before it printed an error instead of an invite.
  if (written === '-' && (text === '' || text === 'null'))
    throw new SnetError('invalid-request', 'no invite arrived on stdin: the command before it failed', {
      hint: 'Its error is on stderr, above or below this one.',
    })
  if (LINK.test(text)) return Buffer.from(text)
  if (/^[A-Za-z0-9_-]+={0,2}$/.test(text)) return Buffer.from(text, 'base64url')
  if (written.startsWith('@') && bytes.length > 0) return bytes
  throw new SnetError('invalid-request', 'this is not an invite', {
    hint: 'Give what "group create --json | jq -r .invite" prints, a berty:// or https://berty.tech/id# link, @FILE or -.',
  })
}

export const inviteText = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('base64url')
