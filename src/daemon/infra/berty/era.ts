import { SnetError } from '../../../shared/errors.js'
import type { BertyProtocolMethods } from '../../../shared/wire/index.js'
import type { BertyProtocolPackage } from '../../../shared/wire/grpc/index.js'
import type { BertyDetails, Era } from '../contract/berty.js'
import { keyOf } from './cids.js'
import type { BertyConnection, CallOptions } from './connection.js'
import { BertyError, isUnimplemented } from './errors.js'
import { messengerMethod, protocolMethod } from './methods.js'

type Configuration = 'ServiceGetConfiguration' | 'InstanceGetConfiguration'
type ConfigurationReply = BertyProtocolMethods[Configuration][1]

/** Who a Berty is and how to talk to it. Valid for one connection only: after a restart it may be another version. */
export interface Probed {
  readonly details: BertyDetails
  readonly protocol: BertyProtocolPackage
  readonly configuration: ReturnType<typeof protocolMethod<Configuration>>
}

/** Newest first. Each generation answers UNIMPLEMENTED to the calls of the others (berty 3.1). */
const CONFIGURATIONS: readonly (readonly [of: BertyProtocolPackage, name: Configuration, eras: readonly Era[]])[] = [
  ['weshnet.protocol.v1', 'ServiceGetConfiguration', ['D', 'E']],
  ['weshnet.protocol.v1', 'InstanceGetConfiguration', ['C']],
  ['berty.protocol.v1', 'InstanceGetConfiguration', ['A', 'B']],
]

/** Finds out which generation answers, and asks it who it is. Errors: BertyError, `unavailable`, `cancelled`. */
export async function probe(connection: BertyConnection, options: CallOptions): Promise<Probed> {
  for (const [protocol, name, eras] of CONFIGURATIONS) {
    const configuration = protocolMethod(name, protocol)
    const reply = await unlessUnimplemented(() => connection.unary(configuration, {}, options))
    if (!reply) continue
    const era = await eraAmong(eras, connection, options)
    const version = await readVersion(connection, options)
    return {
      protocol,
      configuration,
      details: { ...detailsOf(reply, connection), era, version, hasMedia: era === 'A' },
    }
  }
  throw new SnetError('unavailable', `${connection.endpoint} answers, but not as a Berty does`, {
    hint: 'Name the gRPC listener of a Berty daemon (-node.listeners, 9091 by default).',
  })
}

export function detailsOf(
  { account_pk, device_pk, peer_id = '', listeners = [] }: ConfigurationReply,
  { endpoint }: { readonly endpoint: string },
): Pick<BertyDetails, 'account' | 'device' | 'peerId' | 'listeners'> {
  const account = keyOf(account_pk)
  const device = keyOf(device_pk)
  if (!account || !device) throw new SnetError('unavailable', `${endpoint} answers without the keys of an account`)
  return { account, device, peerId: peer_id, listeners }
}

async function eraAmong(eras: readonly Era[], connection: BertyConnection, options: CallOptions): Promise<Era> {
  const [older = 'C', newer] = eras
  if (newer === undefined) return older
  if (newer === 'B') return (await servesMedia(connection, options)) ? older : newer
  return (await servesFlowInMessenger(connection, options)) ? newer : older
}

/** Sends an empty upload: a Berty with media refuses it as empty and stores nothing. */
const servesMedia = (connection: BertyConnection, options: CallOptions): Promise<boolean> =>
  serves(() => connection.upload(messengerMethod('MediaPrepare'), [], options))

/**
 * Sends a callback that belongs to no flow: it is refused and changes nothing, while opening a flow would end a user's
 * own.
 */
const servesFlowInMessenger = (connection: BertyConnection, options: CallOptions): Promise<boolean> =>
  serves(() => connection.unary(messengerMethod('AuthServiceCompleteFlow'), {}, options))

/** Whether the method exists. A refusal by Berty itself proves it, too; silence does not. */
async function serves(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (thrown) {
    if (isUnimplemented(thrown)) return false
    if (thrown instanceof BertyError && (thrown.codes.length > 0 || thrown.kind === 'upstream-failed')) return true
    throw thrown
  }
}

async function readVersion(connection: BertyConnection, options: CallOptions): Promise<string> {
  const method = messengerMethod('SystemInfo')
  const reply = await unlessRefused(() => connection.unary(method, {}, options))
  return reply?.messenger?.process?.version ?? UNKNOWN_VERSION
}

const UNKNOWN_VERSION = 'n/a'

async function unlessUnimplemented<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (thrown) {
    if (isUnimplemented(thrown)) return undefined
    throw thrown
  }
}

/** Undefined when Berty has no answer to it; a lost connection is still an error. */
async function unlessRefused<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (thrown) {
    if (thrown instanceof BertyError && !['unavailable', 'timed-out', 'cancelled'].includes(thrown.kind))
      return undefined
    throw thrown
  }
}
