import { SnetError } from '../shared/errors.js'
import { readProtoArchive } from './archive.js'
import { parseContentUri } from './content-uri.js'
import { type Descriptors, parseDescriptors } from './descriptors.js'
import { fetchByCid } from './fetch.js'
import type { FetchConfig } from './http.js'
import { type OrganizationMetadata, parseOrganization, type ToAddress } from './organization-metadata.js'
import { parseService, type ServiceMetadata } from './service-metadata.js'

/** Metadata URIs by id; undefined where nothing is registered. */
export interface RegistryUris {
  organizationUri(organization: string): Promise<string | undefined>
  serviceUri(organization: string, service: string): Promise<string | undefined>
}

/** A service as registered, seen from one of its payment groups. */
export interface PublishedService extends OrganizationMetadata, ServiceMetadata {
  readonly organization: string
  readonly service: string
  /** The methods in its proto files; undefined when it publishes none. Error: `invalid-config`. */
  readDescriptors(): Promise<Descriptors | undefined>
}

/** Metadata documents are some kilobytes, proto archives rarely more than some hundred. */
const MAX_BYTES = 16 * 1024 * 1024

/**
 * From the Registry to everything that is published of a service.
 *
 * @param of without a group name the first group counts
 * Errors: `not-found` when unregistered, `invalid-config`, `unavailable`, `check-failed`.
 */
export async function resolveService(
  of: { readonly organization: string; readonly service: string; readonly group: string | undefined },
  deps: { registry: RegistryUris; ipfs: Omit<FetchConfig, 'maxBytes'>; toAddress: ToAddress },
): Promise<PublishedService> {
  const { registry, toAddress } = deps
  const fetch = (uri: string): Promise<Uint8Array> =>
    fetchByCid({ ...deps.ipfs, maxBytes: MAX_BYTES }, parseContentUri(uri))
  const [organizationUri, serviceUri] = await Promise.all([
    registry.organizationUri(of.organization),
    registry.serviceUri(of.organization, of.service),
  ])
  if (organizationUri === undefined) throw notRegistered(`organisation "${of.organization}"`)
  if (serviceUri === undefined) throw notRegistered(`service "${of.service}" of organisation "${of.organization}"`)
  const [organizationBytes, serviceBytes] = await Promise.all([fetch(organizationUri), fetch(serviceUri)])
  const organization = parseOrganization(organizationBytes, of.group, toAddress)
  const service = parseService(serviceBytes, organization.group.name, toAddress)
  return {
    organization: of.organization,
    service: of.service,
    ...organization,
    ...service,
    async readDescriptors() {
      if (service.apiSource === undefined) return undefined
      return parseDescriptors(await readProtoArchive(await fetch(service.apiSource)))
    },
  }
}

const notRegistered = (what: string): SnetError =>
  new SnetError('not-found', `${what} is not registered`, {
    hint: 'Check the ids of organisation and service, the network and the address of the Registry.',
  })
