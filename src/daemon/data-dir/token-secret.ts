import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, SnetError } from '../../shared/errors.js'
import { type Log, warnSeldom } from '../observability/index.js'
import { writeWhole } from './whole-file.js'

/** Makes a secret that of all who share the store, unless they have one: gives the one that counts. */
export type ShareSecret = (own: string) => Promise<string>

const FILE = 'token-secret'
const BYTES = 32

/**
 * The secret that signs prepaid tokens: the one of the settings, else one made for this data directory and kept in it,
 * readable by its owner only, or the one that others who share the store had before. Errors: `invalid-config` when the file is there and cannot be used; `storage-failed`.
 */
export async function openTokenSecret(
  directory: string,
  configured: string | undefined,
  share: ShareSecret = async (own) => own,
): Promise<string> {
  return configured ?? (await share(await ownSecret(directory)))
}

async function ownSecret(directory: string): Promise<string> {
  const path = join(directory, FILE)
  try {
    return await readSecret(path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(path, cause)
  }
  const secret = randomBytes(BYTES).toString('hex')
  await writeWhole(path, `${secret}\n`)
  return secret
}

/**
 * The same, opened when it is first asked for, and once. Error: `unavailable`, as clients are told of it; the log has the
 * reason.
 */
export function lazyTokenSecret(
  directory: string,
  configured: string | undefined,
  { log, share }: { readonly log: Log; readonly share?: ShareSecret | undefined },
): () => Promise<string> {
  const warn = warnSeldom(log)
  let opening: Promise<string> | undefined
  const open = async (): Promise<string> => {
    try {
      return await openTokenSecret(directory, configured, share)
    } catch (cause) {
      opening = undefined
      warn('the secret that signs prepaid tokens cannot be had', { reason: messageOf(cause) })
      throw new SnetError('unavailable', 'the secret that signs prepaid tokens cannot be had', { cause })
    }
  }
  return () => (opening ??= open())
}

async function readSecret(path: string): Promise<string> {
  const secret = (await readFile(path, 'utf8')).trim()
  if (Buffer.byteLength(secret) < BYTES) throw new Error(`it holds fewer than ${BYTES} bytes`)
  return secret
}

const unusable = (path: string, cause: unknown): SnetError =>
  new SnetError('invalid-config', `the token secret in ${path} cannot be used: ${messageOf(cause)}`, {
    hint: 'Remove the file, and a new secret is made: tokens signed with the old one no longer count.',
    cause,
  })
