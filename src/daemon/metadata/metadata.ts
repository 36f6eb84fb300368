import {
  type Descriptors,
  fetchByCid,
  type FetchConfig,
  parseContentUri,
  parseDescriptors,
  readProtoArchive,
} from '../../content/index.js'
import { messageOf, SnetError } from '../../shared/errors.js'
import { type Live, live } from '../../shared/live.js'
import type { Address, GroupId } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { Prices } from '../payments/ports.js'
import { parseOrganization, type ToAddress } from './organization.js'
import { parseService } from './service.js'

/** Where metadata is registered; the chain room has one. */
export interface RegistryReader {
  organizationUri(organization: string): Promise<string | undefined>
  serviceUri(organization: string, service: string): Promise<string | undefined>
}

export interface MetadataConfig {
  readonly organization: string
  readonly service: string
  /** Exact name of the payment group. */
  readonly group: string
  readonly ipfs: { readonly endpoint: string; readonly timeoutMs: number }
}

/** Everything that is registered of the service this daemon stands before, as one snapshot. */
export interface ServiceContext {
  readonly organization: string
  readonly service: string
  readonly group: { readonly name: string; readonly id: GroupId; readonly idText: string }
  readonly mpe: Address
  /** Payment address of the group. */
  readonly recipient: Address
  /** Blocks. */
  readonly expirationThreshold: bigint
  readonly encoding: 'proto' | 'json'
  readonly prices: Prices
  readonly methods: { answersOnce(method: string): boolean }
}

export interface Metadata extends AsyncDisposable {
  readonly service: Live<ServiceContext>
}

/** Metadata documents are some kilobytes, proto archives rarely more than some hundred. */
const MAX_METADATA_BYTES = 16 * 1024 * 1024

/** Resolves organisation and service. Errors: `not-found` when unregistered, `invalid-config`, `unavailable`. */
export async function openMetadata(
  config: MetadataConfig,
  { log, registry, toAddress }: { log: Log; registry: RegistryReader; toAddress: ToAddress },
): Promise<Metadata> {
  const fetching: FetchConfig = { ...config.ipfs, maxBytes: MAX_METADATA_BYTES }
  const [organizationUri, serviceUri] = await Promise.all([
    registry.organizationUri(config.organization),
    registry.serviceUri(config.organization, config.service),
  ])
  if (organizationUri === undefined) throw notRegistered(`organisation "${config.organization}"`, 'organization_id')
  if (serviceUri === undefined)
    throw notRegistered(`service "${config.service}" of organisation "${config.organization}"`, 'service_id')
  const [organizationBytes, serviceBytes] = await Promise.all(
    [organizationUri, serviceUri].map((uri) => fetchByCid(fetching, parseContentUri(uri))),
  )
  const organization = parseOrganization(organizationBytes as Uint8Array, config.group, toAddress)
  const service = parseService(serviceBytes as Uint8Array, config.group, toAddress)
  if (service.serviceType !== 'grpc') {
    throw new SnetError('invalid-config', `service type "${service.serviceType}" is not supported yet`, {
      hint: 'This version stands before services of type grpc.',
    })
  }
  const descriptors = await readDescriptors(service.apiSource, fetching, log)
  const context: ServiceContext = {
    organization: config.organization,
    service: config.service,
    ...organization,
    mpe: service.mpe,
    encoding: service.encoding,
    prices: service.prices,
    methods: { answersOnce: (method) => descriptors?.methods.get(method)?.responseStream === false },
  }
  return { service: live(context), [Symbol.asyncDispose]: async () => undefined }
}

const notRegistered = (what: string, key: string): SnetError =>
  new SnetError('not-found', `${what} is not registered`, {
    hint: `Check ${key}, blockchain_network_selected and registry_address_key.`,
  })

/** A gRPC service is proxied without knowing its methods; then no answer can be told to be a single message. */
async function readDescriptors(
  source: string | undefined,
  fetching: FetchConfig,
  log: Log,
): Promise<Descriptors | undefined> {
  if (source === undefined) {
    log.warn('the service publishes no proto files: answers go out before their payment is kept')
    return undefined
  }
  const archive = await fetchByCid(fetching, parseContentUri(source))
  try {
    return parseDescriptors(await readProtoArchive(archive))
  } catch (fault) {
    log.warn('the proto files of the service cannot be used: answers go out before their payment is kept', {
      reason: messageOf(fault),
    })
    return undefined
  }
}
