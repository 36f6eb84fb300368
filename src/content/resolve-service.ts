import { prefixError, SnetError } from '../shared/errors.js'
import { packageVersion, readBuild } from '../shared/package.js'
import { compileApart } from './compile-apart.js'
import { parseContentUri } from './content-uri.js'
import { type Descriptors, toDescriptors } from './descriptors.js'
import type { CompiledProtos } from './compile-protos.js'
import type { KeptContent } from './kept-content.js'
import { fetchContent } from './on-demand.js'
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

export interface ResolveDeps {
  readonly registry: RegistryUris
  readonly sources: ContentSources
  readonly toAddress: ToAddress
  readonly signal?: AbortSignal | undefined
  /** What was fetched before; without it everything is fetched. */
  readonly kept?: KeptContent | undefined
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
  deps: ResolveDeps,
): Promise<PublishedService> {
  const { registry, toAddress } = deps
  const [organizationUri, serviceUri] = await Promise.all([
    registry.organizationUri(of.organization),
    registry.serviceUri(of.organization, of.service),
  ])
  if (organizationUri === undefined) throw notRegistered(`organisation "${of.organization}"`)
  if (serviceUri === undefined) throw notRegistered(`service "${of.service}" of organisation "${of.organization}"`)
  const [organizationBytes, serviceBytes] = await Promise.all([
    readDocument('organisation metadata', organizationUri, deps),
    readDocument('service metadata', serviceUri, deps),
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
      return toDescriptors(await readCompiled('proto files', service.apiSource, deps))
    },
  }
}

async function readDocument(what: string, uri: string, deps: ResolveDeps): Promise<Uint8Array> {
  return await withName(what, async () => {
    const address = parseContentUri(uri)
    const kept = await deps.kept?.read(address.cid)
    if (kept) return kept
    const bytes = await fetchContent(deps.sources, address, { maxBytes: MAX_DOCUMENT_BYTES, signal: deps.signal })
    await deps.kept?.keep(address.cid, bytes)
    return bytes
  })
}

/** What the archive of proto files is compiled to. It is kept in place of the archive: compiling takes longer than a fetch. */
async function readCompiled(
  what: string,
  uri: string,
  { sources, signal, kept }: ResolveDeps,
): Promise<CompiledProtos> {
  const address = await withName(what, async () => parseContentUri(uri))
  // Another version of this program may compile it otherwise.
  const name = `compiled ${address.cid} ${packageVersion()} ${readBuild().builtOn}`
  const known = await kept?.read(name)
  if (known) return JSON.parse(Buffer.from(known).toString('utf8')) as CompiledProtos
  const archive = await withName(what, () => fetchContent(sources, address, { maxBytes: MAX_ARCHIVE_BYTES, signal }))
  const compiled = await compileApart(archive, { signal })
  await kept?.keep(name, Buffer.from(JSON.stringify(compiled)))
  return compiled
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
