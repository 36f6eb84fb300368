import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { SnetError } from '../shared/errors.js'
import type { SenderConfig } from '../wallet/index.js'
import { accountFlags, requireAccountSource } from './account-flags.js'
import { parseTimeout } from './amounts.js'

/** Flags of every command that sends transactions. */
export const sendingFlags = {
  ...accountFlags,
  'max-fee': Flags.string({
    summary: 'The most that one unit of gas may cost, in gwei; without it whatever the chain asks.',
    helpValue: 'GWEI',
    helpGroup: 'SENDING',
  }),
  confirmations: Flags.integer({
    summary: 'Blocks to wait for, the one with the transaction included.',
    default: 1,
    min: 1,
    helpValue: 'N',
    helpGroup: 'SENDING',
  }),
  'raise-after': Flags.string({
    summary: 'A transaction that is in no block after this is sent again with a higher fee.',
    default: '60s',
    helpValue: 'DURATION',
    helpGroup: 'SENDING',
  }),
  timeout: Flags.string({
    summary: 'How long to wait for each transaction; it goes on after that, and the same command finds it again.',
    default: '10m',
    helpValue: 'DURATION',
    helpGroup: 'SENDING',
  }),
  'state-dir': Flags.string({
    summary: 'Where transactions are noted until their end is seen; $XDG_STATE_HOME/snetd by default.',
    helpValue: 'DIR',
    helpGroup: 'SENDING',
  }),
}

type Given<Flag> = Flag | undefined
type SendingFlags = Parameters<typeof requireAccountSource>[0] & {
  readonly 'max-fee'?: Given<string>
  readonly confirmations: number
  readonly 'raise-after': string
  readonly timeout: string
  readonly 'state-dir'?: Given<string>
}
type Env = Readonly<Record<string, string | undefined>>

/** What `openSender` has to know of these flags. Error: `invalid-request`. */
export function senderConfig(flags: SendingFlags, env: Env): Omit<SenderConfig, 'rpc'> {
  return {
    account: requireAccountSource(flags, env),
    journalDir: join(stateDir(flags['state-dir'], env), 'transactions'),
    maxFee: flags['max-fee'] === undefined ? undefined : parseGwei(flags['max-fee']),
    confirmations: flags.confirmations,
    patience: { raiseAfterMs: parseTimeout(flags['raise-after']), limitMs: parseTimeout(flags.timeout) },
  }
}

/** Where programs keep what they have to know at their next start. */
function stateDir(given: string | undefined, env: Env): string {
  if (given !== undefined) return resolve(given)
  return join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'snetd')
}

const GWEI_DIGITS = 9

function parseGwei(written: string): bigint {
  const [, whole = '', decimals = ''] = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(written) ?? []
  if (whole !== '') return BigInt(whole + decimals.padEnd(GWEI_DIGITS, '0'))
  throw new SnetError('invalid-request', `--max-fee: "${written}" is not a number of gwei`, {
    hint: 'For example 30 or 0.5.',
  })
}
