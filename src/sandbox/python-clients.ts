import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Address } from '../shared/units.js'
import { makeDirectory } from '../shared/make-directory.js'

/** What the Python clients have to be told of a network that is none of theirs. */
export interface PythonSettings {
  readonly rpc: string
  readonly contracts: { readonly registry: Address; readonly mpe: Address; readonly token: Address }
  /** `http://127.0.0.1:PORT` of the metadata server. */
  readonly ipfs: string
  readonly clientKey: string
  readonly providerKey: string
}

/** Makes a folder to work in with snet-sdk, which reads `.env` there, and with snet-cli, once it is the home directory. */
export async function writePythonSettings(directory: string, settings: PythonSettings): Promise<void> {
  await makeDirectory(join(directory, '.snet'))
  const forUsOnly = { mode: 0o600 }
  await writeFile(join(directory, '.env'), sdkVariables(settings), forUsOnly)
  await writeFile(join(directory, '.snet', 'config'), cliConfig(settings), forUsOnly)
}

/** The `.env` of snet-sdk 6. */
function sdkVariables({ rpc, contracts, ipfs, clientKey }: PythonSettings): string {
  const lines = [
    ['PRIVATE_KEY', clientKey],
    ['ETH_RPC_ENDPOINT', rpc],
    ['IPFS_ENDPOINT', toMultiaddr(ipfs)],
    ['REGISTRY_CONTRACT_ADDRESS', contracts.registry],
    ['MPE_CONTRACT_ADDRESS', contracts.mpe],
    ['TOKEN_CONTRACT_ADDRESS', contracts.token],
  ]
  return lines.map(([name, value]) => `SNET_${name}=${value}\n`).join('')
}

/** The `~/.snet/config` of snet-cli 3. `snet set` refuses the name under which its own commands look for the token. */
function cliConfig({ rpc, contracts, ipfs, clientKey, providerKey }: PythonSettings): string {
  const identity = (key: string) => ({
    identity_type: 'key',
    private_key: key,
    network: 'sandbox',
    default_wallet_index: '0',
  })
  const sections: Record<string, Record<string, string>> = {
    session: { network: 'sandbox', identity: 'client' },
    'network.sandbox': {
      default_eth_rpc_endpoint: rpc,
      current_registry_at: contracts.registry,
      current_multipartyescrow_at: contracts.mpe,
      current_fetchtoken_at: contracts.token,
    },
    'identity.client': identity(clientKey),
    'identity.provider': identity(providerKey),
    ipfs: { default_ipfs_endpoint: toMultiaddr(ipfs) },
    filecoin: { filecoin_api_key: '' },
  }
  const lines = Object.entries(sections).map(([name, values]) =>
    [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key} = ${value}`), ''].join('\n'),
  )
  return lines.join('\n')
}

/** Their IPFS library takes no URL. */
function toMultiaddr(url: string): string {
  const { hostname, port } = new URL(url)
  return `/ip4/${hostname}/tcp/${port}/http`
}
