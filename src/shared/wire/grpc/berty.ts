import { join } from 'node:path'
import { loadSync, type MessageTypeDefinition, type MethodDefinition } from '@grpc/proto-loader'
import { packageRoot } from '../../package.js'
import type * as berty from '../berty-messages.js'
import { BERTY_OPTIONS } from '../loader-options.js'

const PROTOCOL = 'weshnet.protocol.v1'
const MESSENGER = 'berty.messenger.v1'

/** Where the protocol service lives: the second is that of versions before 2.455.0, with the same messages. */
export type BertyProtocolPackage = typeof PROTOCOL | 'berty.protocol.v1'

export interface BertyMethod {
  readonly path: string
  readonly requestStream: boolean
  readonly responseStream: boolean
  readonly requestSerialize: (message: object) => Buffer
  readonly requestDeserialize: (bytes: Buffer) => object
  readonly responseSerialize: (message: object) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => object
}

export interface Codec<Message extends object> {
  encode(message: Message): Buffer
  decode(bytes: Uint8Array): Message
}

export type BertyService = Readonly<Record<string, BertyMethod>>

let loaded: ReturnType<typeof loadSync> | undefined

function definitions(): ReturnType<typeof loadSync> {
  const root = join(packageRoot, 'proto')
  const file = join(root, 'berty/messenger/v1/messenger.proto')
  loaded ??= loadSync(file, { ...BERTY_OPTIONS, includeDirs: [root] })
  return loaded
}

/**
 * The methods of Berty's protocol service, by name, under the paths of one of its packages. Requests are written without
 * empty bytes, see `withoutEmptyBytes`.
 */
export function bertyProtocolService(under: BertyProtocolPackage = PROTOCOL): BertyService {
  const toPackage = (path: string): string => path.replace(PROTOCOL, under)
  return serviceNamed(`${PROTOCOL}.ProtocolService`, toPackage)
}

/** The methods of Berty's messenger service, by name. */
export const bertyMessengerService = (): BertyService => serviceNamed(`${MESSENGER}.MessengerService`, (path) => path)

function serviceNamed(name: string, toPath: (path: string) => string): BertyService {
  const methods = definitions()[name] as unknown as Record<string, MethodDefinition<object, object>>
  return Object.fromEntries(
    Object.entries(methods).map(([method, found]) => [
      method,
      {
        path: toPath(found.path),
        requestStream: found.requestStream,
        responseStream: found.responseStream,
        requestSerialize: (message) => found.requestSerialize(withoutEmptyBytes(message)),
        requestDeserialize: found.requestDeserialize,
        responseSerialize: (message) => found.responseSerialize(withoutEmptyBytes(message)),
        responseDeserialize: found.responseDeserialize,
      } satisfies BertyMethod,
    ]),
  )
}

/**
 * The message without its empty bytes fields. Many versions of Berty take a bytes field that is there and empty for one
 * that is set, and refuse the request (berty 3.1).
 */
function withoutEmptyBytes<Message extends object>(message: Message): Message {
  const kept = Object.entries(message).filter(([, value]) => value !== undefined && !isEmptyBytes(value))
  return Object.fromEntries(kept.map(([key, value]) => [key, inner(value)])) as Message
}

const isEmptyBytes = (value: unknown): boolean => value instanceof Uint8Array && value.length === 0

/** Repeated bytes keep their empty members: there, empty means empty. */
function inner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner)
  return isMessage(value) ? withoutEmptyBytes(value) : value
}

const isMessage = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)

interface MessageType {
  serialize(message: object): Buffer
  deserialize(bytes: Buffer): object
}

/** Reads and writes one message; `decode` throws on bytes that are none. Loaded when first used. */
function codec<Message extends object>(name: string, load = (): MessageType => messageNamed(name)): Codec<Message> {
  let found: MessageType | undefined
  return {
    encode: (message) => (found ??= load()).serialize(withoutEmptyBytes(message)),
    decode: (bytes) => (found ??= load()).deserialize(asBuffer(bytes)) as Message,
  }
}

const messageNamed = (name: string): MessageType =>
  definitions()[name] as unknown as MessageTypeDefinition<object, object>

/** The loader names no message inside another one; a method that answers with it knows it. */
function replyOf(method: string): MessageType {
  const { responseSerialize, responseDeserialize } = bertyMessengerService()[method] as BertyMethod
  return { serialize: responseSerialize, deserialize: responseDeserialize }
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Messages that travel inside other messages or outside any call. */
export const bertyCodecs = {
  group: codec<berty.BertyGroup>(`${PROTOCOL}.Group`),
  namedGroup: codec<berty.BertyNamedGroup>(`${MESSENGER}.BertyGroup`),
  link: codec<berty.BertyLink>(`${MESSENGER}.BertyLink`),
  invite: codec<berty.BertyInvite>('an invitation', () => replyOf('ShareableBertyGroup')),
  appMessage: codec<berty.BertyAppMessage>(`${MESSENGER}.AppMessage`),
  userMessage: codec<berty.BertyUserMessage>(`${MESSENGER}.UserMessage`),
  messageEvent: codec<berty.BertyMessageEvent>(`${PROTOCOL}.GroupMessageEvent`),
  metadataEvent: codec<berty.BertyMetadataEvent>(`${PROTOCOL}.GroupMetadataEvent`),
  memberDeviceAdded: codec<berty.BertyMemberDeviceAdded>(`${PROTOCOL}.GroupMemberDeviceAdded`),
  chainKeyAdded: codec<berty.BertyChainKeyAdded>(`${PROTOCOL}.GroupDeviceChainKeyAdded`),
  accountGroupJoined: codec<berty.BertyAccountGroupJoined>(`${PROTOCOL}.AccountGroupJoined`),
  initialMember: codec<berty.BertyInitialMember>(`${PROTOCOL}.MultiMemberGroupInitialMemberAnnounced`),
  metadataPayload: codec<berty.BertyMetadataPayload>(`${PROTOCOL}.GroupMetadataPayloadSent`),
  replicating: codec<berty.BertyReplicating>(`${PROTOCOL}.GroupReplicating`),
  devicePeer: codec<berty.BertyDevicePeer>(`${PROTOCOL}.GroupDevicePeer`),
  errorStatus: codec<berty.BertyErrorStatus>(`${PROTOCOL}.ErrorStatus`),
  errorDetails: codec<berty.BertyErrorDetails>(`${PROTOCOL}.ErrorDetails`),
} as const
