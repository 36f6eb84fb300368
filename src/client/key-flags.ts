import { Flags } from '@oclif/core'
import { SnetError } from '../shared/errors.js'
import type { KeySource } from '../wallet/index.js'

/** Flags that say where the key is. A key itself is never an argument: every user of the host could read it there. */
export const keyFlags = {
  'key-file': Flags.string({
    summary: 'File with the private key in hex; only its owner may read it.',
    helpValue: 'FILE',
    helpGroup: 'KEY',
  }),
  keystore: Flags.string({
    summary: 'Ethereum keystore (JSON).',
    helpValue: 'FILE',
    dependsOn: ['password-file'],
    helpGroup: 'KEY',
  }),
  'password-file': Flags.string({
    summary: 'File with the password of the keystore.',
    helpValue: 'FILE',
    helpGroup: 'KEY',
  }),
}

/** The variable that may hold the key in place of a file. */
const KEY_VARIABLE = 'SNETD_PRIVATE_KEY'

export interface KeyFlags {
  readonly 'key-file'?: string | undefined
  readonly keystore?: string | undefined
  readonly 'password-file'?: string | undefined
}

/** Where the key lies; undefined where nobody says. */
export function keySourceOf(flags: KeyFlags, env: Readonly<Record<string, string | undefined>>): KeySource | undefined {
  if (flags['key-file'] !== undefined) return { file: flags['key-file'] }
  if (flags.keystore !== undefined) return { keystore: flags.keystore, passwordFile: flags['password-file'] as string }
  const value = env[KEY_VARIABLE]
  return value ? { variable: KEY_VARIABLE, value } : undefined
}

/** Error: `invalid-request` where nobody says. */
export function requireKeySource(
  flags: KeyFlags,
  env: Readonly<Record<string, string | undefined>>,
  what = 'the payment',
): KeySource {
  const source = keySourceOf(flags, env)
  if (source) return source
  throw new SnetError('invalid-request', `a key is needed to sign ${what}`, {
    hint: `Give --key-file, or --keystore with --password-file, or set ${KEY_VARIABLE}.`,
  })
}
