import type { MessageShape, MethodDescriptor } from '../content/index.js'
import { SnetError } from '../shared/errors.js'
import { withTimeLimit } from '../shared/time-limit.js'
import { findChannels } from './channels.js'
import type { Key } from './keys.js'
import { findMethod } from './method.js'
import { openProvider } from './network.js'
import { readBlockNumber } from './on-chain.js'
import type { Preparing } from './paid-call.js'
import { type NetworkAddress, readPublished } from './published.js'

export type { MessageShape }

export interface ServiceName {
  readonly organization: string
  readonly service: string
  readonly group?: string | undefined
  /** Undefined for all. */
  readonly method?: string | undefined
}

export interface MethodDescription {
  readonly path: string
  /** In cogs; null where none is published. */
  readonly price: string | null
  readonly requestStream: boolean
  readonly responseStream: boolean
  readonly request: readonly MessageShape[]
  readonly response: readonly MessageShape[]
}

export interface ServiceDescription {
  readonly organization: string
  readonly service: string
  readonly group: string
  readonly recipient: string
  readonly escrow: string
  readonly endpoints: readonly string[]
  readonly methods: readonly MethodDescription[]
  /** Why methods may be missing, a sentence each. */
  readonly faults: readonly string[]
  /** Of the key; null without one. */
  readonly channels:
    | readonly { readonly id: string; readonly value: string; readonly expiration: string; readonly expired: boolean }[]
    | null
}

/** What is published of a service, and the channels that a key has to it. Errors: as those of `prepareCall`. */
export async function describeService(
  at: NetworkAddress,
  of: ServiceName,
  key: Key | undefined,
  { timeoutMs, signal }: Preparing,
): Promise<ServiceDescription> {
  const late = (): SnetError =>
    new SnetError('timed-out', `the service could not be read within ${timeoutMs / 1000} s`, {
      hint: 'The node or the metadata host is slow. --timeout gives them longer.',
    })
  return await withTimeLimit({ ms: timeoutMs, signal, late }, (limit) => describe(at, of, key, limit))
}

async function describe(
  at: NetworkAddress,
  of: ServiceName,
  key: Key | undefined,
  signal: AbortSignal,
): Promise<ServiceDescription> {
  using chain = await openProvider(at.rpc)
  const { provider } = chain
  const published = await readPublished(at, of, { provider, signal })
  const descriptors = await published.readDescriptors()
  const all = descriptors ? [...descriptors.methods.values()] : []
  const methods = of.method !== undefined && descriptors ? [findMethod(descriptors, of.method)] : all
  const describeMethod = (method: MethodDescriptor): MethodDescription => ({
    path: method.path,
    price: published.prices.priceOf(method.path)?.toString() ?? null,
    requestStream: method.requestStream,
    responseStream: method.responseStream,
    ...method.shapes(),
  })
  const { mpe, recipient, group } = published
  const channelsOf = async ({ address }: Key) => {
    const block = await readBlockNumber(provider)
    const channels = await findChannels(provider, { mpe, sender: address, recipient, groupId: group.id })
    return channels.map(({ id, value, expiration }) => ({
      ...{ id: String(id), value: String(value), expiration: String(expiration) },
      expired: expiration <= block,
    }))
  }
  return {
    ...{ organization: of.organization, service: of.service, group: group.name, recipient, escrow: mpe },
    endpoints: published.endpoints,
    methods: methods.map(describeMethod),
    faults: descriptors?.faults ?? ['the service publishes no proto files'],
    channels: key === undefined ? null : await channelsOf(key),
  }
}
