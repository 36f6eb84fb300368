import {
  type ContentSources,
  type Descriptors,
  type FileDescriptor,
  type KeptContent,
  type MethodDescriptor,
  pricingMethodOf,
  type PublishedService,
  type RegistryUris,
  resolveService,
  type SharedStorage,
  type ToAddress,
} from '../../content/index.js'
import { SnetError } from '../../shared/errors.js'
import { live, type Replaceable } from '../../shared/live.js'
import type { GroupId } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { FreeCallTerms, PaymentTerms, Prices } from '../payments/ports.js'

export interface MetadataConfig {
  readonly organization: string
  readonly service: string
  /** Exact name of the payment group. */
  readonly group: string
  /** Whether methods may have their price named by the service itself. */
  readonly dynamicPrices?: boolean
  readonly sources: ContentSources
}

/** Everything that is registered of the service this daemon stands before, as one snapshot. */
export interface ServiceContext {
  readonly organization: string
  readonly service: string
  /** Where the Registry says that its documents are. */
  readonly uris: { readonly organization: string; readonly service: string }
  readonly group: { readonly name: string; readonly id: GroupId; readonly idText: string }
  readonly terms: PaymentTerms
  /** Where the metadata says that replicas share their channels. */
  readonly storage: SharedStorage
  readonly serviceType: PublishedService['serviceType']
  readonly encoding: 'proto' | 'json'
  readonly prices: Prices
  readonly freeCalls: FreeCallTerms
  readonly priceModel: string
  /** By their paths. Where they are not known, any path counts as one of them, and its kind is unknown. */
  readonly methods: { find(method: string): MethodTraits | undefined }
  /** The same with what it takes to write their messages as JSON, as far as they are known. */
  readonly translated: { find(method: string): MethodDescriptor | undefined; readonly paths: readonly string[] }
  /** Full names of the services in its proto files, as far as they are known. */
  readonly protoServices: readonly string[]
  /** Its proto files, as far as they can be used. */
  readonly files: readonly FileDescriptor[]
  /** Methods that have to do with models, as its proto files declare them. */
  readonly modelMethods: readonly ModelMethod[]
}

interface ModelMethod {
  /** Full name, `package.Service`. */
  readonly service: string
  readonly name: string
  /** Its request has a field of type `training.ModelID`. */
  readonly takesModel: boolean
  /** Options of the package `training` by their bare names. */
  readonly options: MethodDescriptor['options']
}

interface MethodTraits {
  readonly asksOnce: boolean
  readonly answersOnce: boolean
  readonly isAssumed?: boolean
}

const UNKNOWN_METHOD: MethodTraits = { asksOnce: false, answersOnce: false, isAssumed: true }

export interface MetadataDeps {
  readonly log: Log
  readonly registry: RegistryUris
  readonly toAddress: ToAddress
  readonly signal?: AbortSignal
  /** What was fetched before. */
  readonly kept?: KeptContent
}

/** Resolves the service and judges whether this daemon can stand before it. Errors as `resolveService`. */
export const openMetadata = async (config: MetadataConfig, deps: MetadataDeps): Promise<Replaceable<ServiceContext>> =>
  live(await readContext(config, deps))

/**
 * What is registered now.
 *
 * @param needsProtos whether proto files that cannot be used are a fault: a daemon that knows its methods is not to
 * forget them because of files that it cannot read
 */
export async function readContext(
  config: MetadataConfig,
  deps: MetadataDeps,
  { needsProtos = false } = {},
): Promise<ServiceContext> {
  const published = await resolveService(config, { ...deps, sources: config.sources })
  const descriptors = isTranslated(published)
    ? await requiredDescriptors(published, deps.log)
    : needsProtos
      ? await published.readDescriptors()
      : await usableDescriptors(published, deps.log)
  await deps.kept?.dropOthers()
  const { organization, service, uris, group, mpe, recipient, expirationThreshold } = published
  const { serviceType, encoding, prices, freeCalls, storage } = published
  return {
    organization,
    service,
    uris,
    group,
    terms: { mpe, groupId: group.id, recipient, expirationThreshold },
    storage,
    serviceType,
    encoding,
    prices: config.dynamicPrices ? pricedByService(published, descriptors, deps.log) : prices,
    freeCalls,
    priceModel: prices.model,
    methods: methodsOf(descriptors, answersAlwaysOnce(published)),
    translated: translatedBy(descriptors),
    protoServices: descriptors ? servicesOf(descriptors) : [],
    files: descriptors?.files ?? [],
    modelMethods: descriptors ? modelMethodsOf(descriptors) : [],
  }
}

/** Such a service is asked and answers with one message each time, whatever its proto files say. */
const answersAlwaysOnce = ({ serviceType }: PublishedService): boolean =>
  serviceType === 'process' || serviceType === 'jsonrpc'

/** @param isOnce whether every method has one message each way */
function methodsOf(descriptors: Descriptors | undefined, isOnce: boolean): ServiceContext['methods'] {
  if (!descriptors) return { find: () => ({ ...UNKNOWN_METHOD, asksOnce: isOnce, answersOnce: isOnce }) }
  const traits = new Map(
    [...descriptors.methods].map(([path, { requestStream, responseStream }]) => [
      path,
      { asksOnce: isOnce || !requestStream, answersOnce: isOnce || !responseStream },
    ]),
  )
  return { find: (method) => traits.get(method) }
}

/**
 * Prices, of which the service itself names some: those of methods with an option for it (snet-wire 1.8). One whose option
 * names a method that cannot be asked has no price; for that of the metadata it would be sold at a wrong one.
 */
function pricedByService(
  { encoding, prices }: PublishedService,
  descriptors: Descriptors | undefined,
  log: Log,
): Prices {
  if (encoding !== 'proto') {
    throw new SnetError('invalid-config', 'enable_dynamic_pricing: the encoding of the service is not proto', {
      hint: 'Prices are asked for in protobuf; set enable_dynamic_pricing to false.',
    })
  }
  const methods = descriptors?.methods ?? new Map<string, MethodDescriptor>()
  const asked = new Map<string, string>()
  const priceless = new Set<string>()
  for (const method of methods.values()) {
    const at = pricingMethodOf(methods, method)
    if (at === 'unusable') priceless.add(method.path)
    else if (at) asked.set(method.path, at.path)
  }
  if (asked.size === 0) log.warn('enable_dynamic_pricing is true, and no method of the service names its price so')
  else log.info('the service itself names the price of these methods', { methods: [...asked.keys()].join(' ') })
  for (const of of priceless)
    log.warn('the option of a method names no method that can be asked for a price: its calls are refused', { of })
  return {
    priceOf: (method) => (priceless.has(method) ? undefined : prices.priceOf(method)),
    askedAt: (method) => asked.get(method),
  }
}

const servicesOf = ({ methods }: Descriptors): string[] => [
  ...new Set([...methods.keys()].map((path) => path.slice(1, path.lastIndexOf('/')))),
]

function modelMethodsOf({ methods }: Descriptors): ModelMethod[] {
  const all = [...methods.values()].map(({ path, requestFields, options }) => {
    const [, service = '', name = ''] = path.split('/')
    const takesModel = requestFields.includes('training.ModelID')
    return { service, name, takesModel, options: trainingOptions(options) }
  })
  return all.filter(({ takesModel, options }) => takesModel || Object.keys(options).length > 0)
}

const trainingOptions = (options: MethodDescriptor['options']): MethodDescriptor['options'] =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => {
      const [, bare] = /^\(training\.(\w+)\)$/.exec(name) ?? []
      return bare === undefined ? [] : [[bare, value]]
    }),
  )

/** Whether calls cannot reach the service without what its proto files say of their messages. */
const isTranslated = ({ serviceType, encoding }: PublishedService): boolean =>
  serviceType === 'http' || (serviceType === 'jsonrpc' && encoding === 'proto')

const translatedBy = (descriptors: Descriptors | undefined): ServiceContext['translated'] => ({
  find: (method) => descriptors?.methods.get(method),
  paths: [...(descriptors?.methods.keys() ?? [])],
})

async function requiredDescriptors(published: PublishedService, log: Log): Promise<Descriptors> {
  const descriptors = await published.readDescriptors()
  tellFaults(descriptors, log)
  if (descriptors && descriptors.methods.size > 0) return descriptors
  throw new SnetError(
    'invalid-config',
    `service metadata: service_type "${published.serviceType}" needs proto files that declare the methods of the service`,
    { hint: 'Publish them in one archive, and its address as service_api_source of the metadata.' },
  )
}

function tellFaults(descriptors: Descriptors | undefined, log: Log): void {
  for (const reason of descriptors?.faults.slice(0, MAX_FAULTS_LOGGED) ?? [])
    log.warn('a proto file of the service cannot be used, and calls of its methods are refused', { reason })
}

const MAX_FAULTS_LOGGED = 10

/** A gRPC service is proxied without knowing its methods; then no answer can be told to be a single message. */
async function usableDescriptors(published: PublishedService, log: Log): Promise<Descriptors | undefined> {
  const consequence = answersAlwaysOnce(published)
    ? 'calls of any method are forwarded'
    : 'calls of any method are forwarded, and unary answers cannot be held back until their payment is kept'
  try {
    const descriptors = await published.readDescriptors()
    if (!descriptors) log.warn(`the service publishes no proto files: ${consequence}`)
    tellFaults(descriptors, log)
    if (descriptors?.methods.size !== 0) return descriptors
    log.warn(`the proto files of the service declare no methods: ${consequence}`)
  } catch (fault) {
    if (!(fault instanceof SnetError)) throw fault
    if (fault.kind === 'not-found') log.warn(`${fault.message}: ${consequence}`)
    else if (fault.kind === 'invalid-config')
      log.warn(`the proto files of the service cannot be used: ${consequence}`, { reason: fault.message })
    else throw fault
  }
  return undefined
}
