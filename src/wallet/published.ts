import type { Provider } from 'ethers'
import { type PublishedService, resolveService } from '../content/index.js'
import { type ContractReader, createRegistryReader, toAddress } from '../ethereum/index.js'
import { hostOf } from '../shared/errors.js'
import { splitUrls } from '../shared/url-list.js'
import type { Address } from '../shared/units.js'

export interface NetworkAddress {
  readonly rpc: string
  readonly registry: string
  readonly ipfs: string
  /** What the CID of content on Filecoin is added to. */
  readonly lighthouse: string
  /** Whether metadata hosts may redirect to public addresses. */
  readonly redirects?: boolean | undefined
}

/** Without a group the first one published counts. */
export interface PublishedName {
  readonly organization: string
  readonly service: string
  readonly group?: string | undefined
}

const METADATA_TIMEOUT_MS = 30_000

/** What is published of a service. Errors: those of `resolveService`. */
export async function readPublished(
  { rpc, registry, ipfs, lighthouse, redirects = false }: NetworkAddress,
  { organization, service, group }: PublishedName,
  { provider, signal }: { readonly provider: Provider; readonly signal?: AbortSignal | undefined },
): Promise<PublishedService> {
  return await resolveService(
    { organization, service, group },
    {
      registry: createRegistryReader(readerOver(provider), {
        address: toAddress(registry),
        node: splitUrls(rpc).map(hostOf).join(', '),
      }),
      sources: { ipfs, lighthouse, timeoutMs: METADATA_TIMEOUT_MS, redirects },
      toAddress,
      signal,
    },
  )
}

/** An escrow contract: named, or that of a service. */
export type EscrowPlace =
  { readonly escrow: string } | { readonly network: NetworkAddress; readonly name: PublishedName }

/** Errors: those of `readPublished`; `invalid-request` for what is no address. */
export async function findEscrow(
  place: EscrowPlace,
  reading: { readonly provider: Provider; readonly signal?: AbortSignal | undefined },
): Promise<Address> {
  return 'escrow' in place ? toAddress(place.escrow) : (await readPublished(place.network, place.name, reading)).mpe
}

/** Contracts as a provider of ethers has them. */
const readerOver = (provider: Provider): ContractReader => ({
  call: (to, data) => provider.call({ to, data }),
  codeAt: (address) => provider.getCode(address),
})
