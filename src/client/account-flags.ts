import { Flags } from '@oclif/core'
import type { AccountSource } from '../wallet/index.js'
import { keyFlags, type KeyFlags, keySourceOf, requireKeySource } from './key-flags.js'

/** Flags that say who signs transactions. */
export const accountFlags = {
  ...keyFlags,
  signer: Flags.string({
    summary: 'A program that keeps the key and signs over JSON-RPC (eth_sign, eth_signTransaction).',
    helpValue: 'URL',
    helpGroup: 'KEY',
    exclusive: ['key-file', 'keystore'],
  }),
  'signer-account': Flags.string({
    summary: 'The account of the signer, where it has several.',
    helpValue: 'ADDRESS',
    helpGroup: 'KEY',
    dependsOn: ['signer'],
  }),
}

interface AccountFlags extends KeyFlags {
  readonly signer?: string | undefined
  readonly 'signer-account'?: string | undefined
}

type Env = Readonly<Record<string, string | undefined>>

/** Who signs; undefined where nobody says. */
export const accountSourceOf = (flags: AccountFlags, env: Env): AccountSource | undefined =>
  flags.signer === undefined ? keySourceOf(flags, env) : { signer: flags.signer, address: flags['signer-account'] }

/** Error: `invalid-request` where nobody says. */
export const requireAccountSource = (flags: AccountFlags, env: Env): AccountSource =>
  accountSourceOf(flags, env) ?? requireKeySource(flags, env, 'transactions')
