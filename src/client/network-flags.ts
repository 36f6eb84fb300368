import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { SnetError } from '../shared/errors.js'

/** Flags of every command that finds a service on a network. */
export const networkFlags = {
  config: Flags.string({
    char: 'c',
    summary: 'Take what is not given here from this config file of a daemon.',
    helpValue: 'FILE',
    helpGroup: 'NETWORK',
  }),
  rpc: Flags.string({ summary: 'JSON-RPC URL of an Ethereum node.', helpValue: 'URL', helpGroup: 'NETWORK' }),
  registry: Flags.string({ summary: 'Address of the Registry contract.', helpValue: 'ADDRESS', helpGroup: 'NETWORK' }),
  ipfs: Flags.string({
    summary: 'Where metadata is fetched by content address.',
    helpValue: 'URL',
    helpGroup: 'NETWORK',
  }),
  lighthouse: Flags.string({
    summary: 'What the CID of metadata on Filecoin is added to; Lighthouse by default.',
    helpValue: 'URL',
    helpGroup: 'NETWORK',
  }),
  group: Flags.string({
    summary: 'Payment group; the first one published by default.',
    helpValue: 'NAME',
    helpGroup: 'NETWORK',
  }),
}

/** Flags that say where the key lies; a key itself is never an argument, where every user of the host could read it. */
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
export const KEY_VARIABLE = 'SNETD_PRIVATE_KEY'

export interface NetworkFlags {
  readonly config?: string | undefined
  readonly rpc?: string | undefined
  readonly registry?: string | undefined
  readonly ipfs?: string | undefined
  readonly lighthouse?: string | undefined
  readonly group?: string | undefined
}

const FROM_FILE = {
  rpc: 'ethereum_json_rpc_http_endpoint',
  registry: 'registry_address_key',
  ipfs: 'ipfs_endpoint',
  lighthouse: 'lighthouse_endpoint',
  group: 'daemon_group_name',
} as const

export interface ResolvedNetwork {
  readonly rpc: string
  readonly registry: string
  readonly ipfs: string
  readonly lighthouse: string | undefined
  /** Whether metadata hosts may redirect; a matter of the file alone. */
  readonly redirects: boolean
  readonly group: string | undefined
}

/** Where the network is: a flag beats the file. Error: `invalid-request` naming every flag that is missing. */
export async function resolveNetwork(flags: NetworkFlags): Promise<ResolvedNetwork> {
  const file: Readonly<Record<string, unknown>> =
    flags.config === undefined ? {} : ((await readSettings(flags.config)) ?? {})
  const value = (name: keyof typeof FROM_FILE): string | undefined => {
    const written = file[FROM_FILE[name]]
    return flags[name] ?? (typeof written === 'string' ? written : undefined)
  }
  const missing = (['rpc', 'registry', 'ipfs'] as const).filter((name) => value(name) === undefined)
  if (missing.length > 0) {
    throw new SnetError(
      'invalid-request',
      `where is the network? ${missing.map((name) => `--${name}`).join(', ')} missing`,
      {
        hint: 'Give these flags, or --config with the file of a daemon on that network.',
      },
    )
  }
  return {
    rpc: value('rpc') as string,
    registry: value('registry') as string,
    ipfs: value('ipfs') as string,
    lighthouse: value('lighthouse'),
    redirects: String(file['metadata_redirects']) === 'true',
    group: value('group'),
  }
}

const readSettings = async (path: string) =>
  (await (await import('../shared/config-file.js')).readConfigFile({ path: resolve(path) }))?.values
