import { prefixError, SnetError } from '../shared/errors.js'
import { compileApart } from './compile-apart.js'
import { parseContentUri } from './content-uri.js'
import { type Descriptors, toDescriptors } from './descriptors.js'
import { fetchContent } from './fetch.js'
import { type OrganizationMetadata, parseOrganization, type ToAddress } from './organization-metadata.js'
import { parseService, type ServiceMetadata } from './service-metadata.js'
import type { ContentSources } from './sources.js'

/** Metadata URIs by id; undefined where nothing is registered. */
export interface RegistryUris {
  organizationUri(organization: string): Promise<string | undefined>
  serviceUri(organization: string, service: string): Promise<string | undefined>
}

/** A service as registered, seen from one of its payment groups. */
export interface PublishedService extends OrganizationMetadata, ServiceMetadata {
  readonly organization: string
  readonly service: string
  /** Where the Registry says that its documents are. */
  readonly uris: { readonly organization: string; readonly service: string }
  /** The methods in its proto files; undefined when it publishes none. Errors: as `compileApart`, and of the fetch. */
  readDescriptors(): Promise<Descriptors | undefined>
}

/** Metadata documents are some kilobytes, proto archives rarely more than some hundred. */
const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024
const MAX_ARCHIVE_BYTES = 16 * 1024 * 1024

/**
 * From the Registry to everything that is published of a service.
 *
 * @param of without a group name the first group counts
 * Errors: `not-found` when unregistered, `invalid-config`, `unavailable`, `check-failed`.
 */
export async function resolveService(
  of: { readonly organization: string; readonly service: string; readonly group: string | undefined },
  deps: { registry: RegistryUris; sources: ContentSources; toAddress: ToAddress; signal?: AbortSignal | undefined },
): Promise<PublishedService> {
  const { registry, sources, toAddress, signal } = deps
  const fetch = async (what: string, uri: string, maxBytes: number): Promise<Uint8Array> =>
    await withName(what, async () => await fetchContent(sources, parseContentUri(uri), { maxBytes, signal }))
  const [organizationUri, serviceUri] = await Promise.all([
    registry.organizationUri(of.organization),
    registry.serviceUri(of.organization, of.service),
  ])
  if (organizationUri === undefined) throw notRegistered(`organisation "${of.organization}"`)
  if (serviceUri === undefined) throw notRegistered(`service "${of.service}" of organisation "${of.organization}"`)
  const [organizationBytes, serviceBytes] = await Promise.all([
    fetch('organisation metadata', organizationUri, MAX_DOCUMENT_BYTES),
    fetch('service metadata', serviceUri, MAX_DOCUMENT_BYTES),
  ])
  const [organization, service] = parseBoth(
    () => parseOrganization(organizationBytes, of.group, toAddress),
    (group = of.group) => parseService(serviceBytes, group, toAddress),
  )
  return {
    organization: of.organization,
    service: of.service,
    uris: { organization: organizationUri, service: serviceUri },
    ...organization,
    ...service,
    async readDescriptors() {
      if (service.apiSource === undefined) return undefined
      const archive = await fetch('proto files', service.apiSource, MAX_ARCHIVE_BYTES)
      return toDescriptors(await compileApart(archive, { signal }))
    },
  }
}

/** Puts the name of the document before the message of an error of its fetch. */
async function withName<T>(what: string, fetching: () => Promise<T>): Promise<T> {
  try {
    return await fetching()
  } catch (fault) {
    throw prefixError(`${what}: `, fault)
  }
}

/** Both documents, or what is wrong with either of them in one error. */
function parseBoth(
  parseFirst: () => OrganizationMetadata,
  parseSecond: (group?: string) => ServiceMetadata,
): [OrganizationMetadata, ServiceMetadata] {
  const faults: SnetError[] = []
  const attempt = <T>(parse: () => T): T | undefined => {
    try {
      return parse()
    } catch (fault) {
      if (!(fault instanceof SnetError)) throw fault
      faults.push(fault)
      return undefined
    }
  }
  const organization = attempt(parseFirst)
  const service = attempt(() => parseSecond(organization?.group.name))
  if (organization && service) return [organization, service]
  const messages = new Set(faults.map(({ message }) => message))
  // Both errors may end with the same sentence, which is told once.
  const cures = new Set(faults.flatMap(({ hint = '' }) => hint.split(/(?<=\.) (?=[A-Z])/)))
  throw new SnetError('invalid-config', [...messages].join('\n'), { hint: [...cures].join(' '), cause: faults[0] })
}

const notRegistered = (what: string): SnetError =>
  new SnetError('not-found', `${what} is not registered`, {
    hint: 'Check the ids of organisation and service, the network and the address of the Registry.',
  })
