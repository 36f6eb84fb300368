import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import type { readFileSettings } from '../settings/index.js'
import { SnetError } from '../shared/errors.js'

/** Flags of every command that finds a service on a network. */
export const networkFlags = {
  config: Flags.string({
    char: 'c',
    summary: 'Config file of a daemon; provides what is not given here.',
    helpValue: 'FILE',
    helpGroup: 'NETWORK',
  }),
  rpc: Flags.string({ summary: 'JSON-RPC URL of an Ethereum node.', helpValue: 'URL', helpGroup: 'NETWORK' }),
  registry: Flags.string({ summary: 'Address of the Registry contract.', helpValue: 'ADDRESS', helpGroup: 'NETWORK' }),
  ipfs: Flags.string({
    summary: 'IPFS endpoint to fetch metadata from.',
    helpValue: 'URL',
    helpGroup: 'NETWORK',
  }),
  lighthouse: Flags.string({
    summary: 'Endpoint to fetch metadata on Filecoin from; Lighthouse by default.',
    helpValue: 'URL',
    helpGroup: 'NETWORK',
  }),
  group: Flags.string({
    summary: 'Payment group; the first one published by default.',
    helpValue: 'NAME',
    helpGroup: 'NETWORK',
  }),
}

export interface NetworkFlags {
  readonly config?: string | undefined
  readonly rpc?: string | undefined
  readonly registry?: string | undefined
  readonly ipfs?: string | undefined
  readonly lighthouse?: string | undefined
  readonly group?: string | undefined
}

export interface ResolvedNetwork {
  /** Several nodes are separated by commas. */
  readonly rpc: string
  readonly registry: string
  readonly ipfs: string
  readonly lighthouse: string
  /** Whether metadata hosts may redirect; only the file can allow it. */
  readonly redirects: boolean
  readonly group: string | undefined
}

export const NETWORK_KEYS = [
  'ethereum_json_rpc_http_endpoint',
  'registry_address_key',
  'ipfs_endpoint',
  'lighthouse_endpoint',
  'metadata_redirects',
  'daemon_group_name',
] as const

/** Of the config file that is named, read as its daemon reads it. Error: `invalid-config` for a file that is wrong. */
export async function readConfigOf<K extends ConfigKey>({ config }: NetworkFlags, keys: readonly K[]) {
  const { readFileSettings } = await import('../settings/index.js')
  return config === undefined ? undefined : await readFileSettings({ path: resolve(config) }, keys)
}

type ConfigKey = Parameters<typeof readFileSettings>[1][number]
type NetworkSettings = Awaited<ReturnType<typeof readConfigOf<(typeof NETWORK_KEYS)[number]>>>

/**
 * Where the network is: a flag beats the file. Errors: `invalid-request` naming every flag that is missing; those of
 * `readConfigOf`.
 */
export const resolveNetwork = async (flags: NetworkFlags): Promise<ResolvedNetwork> =>
  await networkOf(flags, await readConfigOf(flags, NETWORK_KEYS))

/** The same, with the file as it was read. */
export async function networkOf(flags: NetworkFlags, found: NetworkSettings): Promise<ResolvedNetwork> {
  const { daemonSchema } = await import('../settings/index.js')
  const textOf = (key: (typeof NETWORK_KEYS)[number]): string | undefined => {
    const raw = found?.raws[key]
    if (raw === undefined || typeof raw === 'string') return raw
    return Array.isArray(raw) ? raw.join(',') : JSON.stringify(raw)
  }
  const needed = {
    rpc: flags.rpc ?? textOf('ethereum_json_rpc_http_endpoint'),
    registry: flags.registry ?? textOf('registry_address_key'),
    ipfs: flags.ipfs ?? textOf('ipfs_endpoint'),
  }
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [`--${name}`] : []))
  if (missing.length > 0) {
    throw new SnetError('invalid-request', `missing ${missing.join(', ')}: where the network is`, {
      hint: 'Give these flags, or --config with the file of a daemon on that network.',
    })
  }
  requireAddress(flags.registry)
  return {
    ...(needed as { rpc: string; registry: string; ipfs: string }),
    lighthouse: flags.lighthouse ?? textOf('lighthouse_endpoint') ?? String(daemonSchema.lighthouse_endpoint.default),
    redirects: found?.config.metadata_redirects ?? false,
    group: flags.group ?? textOf('daemon_group_name'),
  }
}

/** The node alone, for whoever needs no metadata. Errors: as `resolveNetwork`. */
export async function resolveRpc(flags: NetworkFlags): Promise<string> {
  if (flags.rpc !== undefined) return flags.rpc
  const key = 'ethereum_json_rpc_http_endpoint'
  const raw = (await readConfigOf(flags, [key]))?.raws[key]
  if (typeof raw === 'string') return raw
  if (Array.isArray(raw)) return raw.join(',')
  throw new SnetError('invalid-request', 'missing --rpc: where the network is', {
    hint: 'Give it, or --config with the file of a daemon on that network.',
  })
}

/** One that was copied from a table is shortened, and no longer says which it is. */
function requireAddress(registry: string | undefined): void {
  if (registry === undefined || /^0x[0-9a-f]{40}$/i.test(registry)) return
  throw new SnetError('invalid-request', `--registry: "${registry}" is not an address: 0x and 40 hex digits`)
}
