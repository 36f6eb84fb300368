import { resolve } from 'node:path'
import { messageOf, SnetError } from '../../shared/errors.js'
import { secretFileFault } from '../../shared/secret-file.js'

/**
 * Reads `KEY=FILE` texts: secrets that systemd hands to the daemon, by their keys. Errors: `invalid-request` for a text that is
 * none, a key that holds no secret, and a file that is not there, or that others may read.
 */
export async function readCredentialFlags(
  texts: readonly string[],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string | undefined>> },
): Promise<Record<string, string>> {
  const { credentialKeys } = await import('../../settings/index.js')
  const pairs = texts.map(async (text): Promise<[string, string]> => {
    const [, key, file] = /^([^=]*)=(.+)$/s.exec(text) ?? []
    if (key === undefined || file === undefined) throw wrong(text, 'is not KEY=FILE')
    if (!credentialKeys.includes(key)) throw wrong(text, `names no secret; one of ${credentialKeys.join(', ')}`)
    const path = resolve(cwd, file)
    const { problem } = await secretFileFault(path, { env }).catch((cause: unknown) => {
      throw wrong(text, messageOf(cause))
    })
    if (problem !== undefined) throw wrong(text, problem)
    return [key, path]
  })
  return Object.fromEntries(await Promise.all(pairs))
}

const wrong = (text: string, why: string): SnetError =>
  new SnetError('invalid-request', `--credential ${text.split('=', 1)[0]}: ${why}`, {
    hint: 'As in --credential token_secret_key=/etc/snetd/token.secret, a file that only root may read.',
  })
