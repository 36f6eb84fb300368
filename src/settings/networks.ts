import registries from 'singularitynet-platform-contracts/networks/Registry.json' with { type: 'json' }

/** The networks that are known by name; any other has to be configured. */
export interface KnownNetwork {
  readonly chainId: number
  readonly registry: string | undefined
  /**
   * JSON-RPC endpoint where there is a usual one; providers give out endpoints with keys, so public networks have none.
   */
  readonly rpcUrl: string | undefined
}

/**
 * Addresses come from the contracts' own package; `local` is what the reference's network file says (snet-wire 7.4).
 */
export const NETWORKS: Readonly<Record<string, KnownNetwork>> = {
  main: { chainId: 1, registry: registries['1'].FET.prod.address, rpcUrl: undefined },
  goerli: { chainId: 5, registry: undefined, rpcUrl: undefined },
  sepolia: { chainId: 11_155_111, registry: registries['11155111'].FET.demo.address, rpcUrl: undefined },
  local: {
    chainId: 42,
    registry: '0x4e74fefa82e83e0964f0d9f53c68e03f7298a8b2',
    rpcUrl: 'http://localhost:8545',
  },
}

/** Where content on Filecoin is fetched by default: Lighthouse's own gateway, which a CID is added to. */
export const LIGHTHOUSE_ENDPOINT = 'https://gateway.lighthouse.storage/ipfs/'
