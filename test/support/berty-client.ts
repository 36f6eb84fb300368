import { Client, type ClientReadableStream, credentials, type ServiceError } from '@grpc/grpc-js'
import {
  type BertyNetwork,
  type BertyNetworkOptions,
  type BertyPeer,
  createBertyNetwork,
  type Era,
} from '../../src/sandbox/berty/index.js'
import {
  BERTY,
  type BertyAppMessage,
  type BertyMessageEvent,
  type BertyMetadataEvent,
} from '../../src/shared/wire/index.js'
import {
  bertyCodecs,
  bertyMessengerService,
  type BertyMethod,
  bertyProtocolService,
  type BertyProtocolPackage,
} from '../../src/shared/wire/grpc/index.js'
import { until } from './until.js'

type Reply = Record<string, unknown>

/** A bare client of a Berty: calls by method name, nothing hidden. */
export interface BertyClient extends Disposable {
  readonly client: Client
  protocol(name: string, request?: object): Promise<Reply>
  messenger(name: string, request?: object): Promise<Reply>
  /** One unary call in raw bytes. */
  raw(path: string, request: Buffer): Promise<Buffer>
  stream<Event = Reply>(name: string, request?: object, service?: 'protocol' | 'messenger'): Stream<Event>
  /** A text message; the id as Interact answers it. */
  say(group: Buffer, body: string): Promise<string>
  /** The whole list, read once. */
  history(group: Buffer): Promise<BertyMessageEvent[]>
  metadata(group: Buffer): Promise<BertyMetadataEvent[]>
}

export interface Stream<Event> {
  readonly events: Event[]
  readonly call: ClientReadableStream<Event>
  /** Set when it has ended: OK is 0. */
  status: { code: number; details: string } | undefined
  close(): void
}

export interface ClientOptions {
  readonly under?: BertyProtocolPackage
  readonly channel?: Record<string, number>
}

function connectBerty(endpoint: string, { under, channel = {} }: ClientOptions = {}): BertyClient {
  const client = new Client(endpoint, credentials.createInsecure(), {
    'grpc.max_receive_message_length': 16 << 20,
    'grpc.max_send_message_length': -1,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.initial_reconnect_backoff_ms': 50,
    ...channel,
  })
  const services = { protocol: bertyProtocolService(under), messenger: bertyMessengerService() }
  const methodOf = (service: 'protocol' | 'messenger', name: string): BertyMethod => {
    const method = services[service][name]
    if (!method) throw new Error(`no method ${name}`)
    return method
  }
  const unary = (method: BertyMethod, request: object): Promise<Reply> =>
    new Promise((done, fail) =>
      client.makeUnaryRequest(
        ...([method.path, method.requestSerialize, method.responseDeserialize, request] as const),
        (error: ServiceError | null, reply?: object) => (error ? fail(error) : done(reply as Reply)),
      ),
    )
  const stream = <Event>(name: string, request: object = {}, service: 'protocol' | 'messenger' = 'protocol') => {
    const { path, requestSerialize, responseDeserialize } = methodOf(service, name)
    return collected(
      client.makeServerStreamRequest(path, requestSerialize, responseDeserialize as (bytes: Buffer) => Event, request),
    )
  }
  const whole = async <Event>(name: string, group: Buffer): Promise<Event[]> => {
    const found = stream<Event>(name, { group_pk: group, until_now: true })
    await until('the stream has ended', () => found.status !== undefined)
    if (found.status?.code !== 0) throw new Error(found.status?.details)
    return found.events
  }
  return {
    client,
    protocol: async (name, request = {}) => unary(methodOf('protocol', name), request),
    messenger: async (name, request = {}) => unary(methodOf('messenger', name), request),
    raw: (path, request) =>
      new Promise((done, fail) =>
        client.makeUnaryRequest(path, asIs, asIs, request, (error, reply) =>
          error ? fail(error) : done(reply as Buffer),
        ),
      ),
    stream,
    say: async (group, body) => {
      const payload = bertyCodecs.userMessage.encode({ body })
      const request = { type: BERTY.appType.userMessage, payload, conversation_public_key: group.toString('base64url') }
      return (await unary(methodOf('messenger', 'Interact'), request))['cid'] as string
    },
    history: (group) => whole('GroupMessageList', group),
    metadata: (group) => whole('GroupMetadataList', group),
    [Symbol.dispose]: () => client.close(),
  }
}

const asIs = (bytes: Buffer): Buffer => bytes

function collected<Event>(call: ClientReadableStream<Event>): Stream<Event> {
  const stream: Stream<Event> = { events: [], call, status: undefined, close: () => call.cancel() }
  call.on('data', (event: Event) => stream.events.push(event))
  call.on('error', () => undefined)
  call.on('status', (status) => (stream.status = status))
  return stream
}

export const appOf = (event: BertyMessageEvent): BertyAppMessage =>
  bertyCodecs.appMessage.decode(event.message ?? Buffer.alloc(0))

/** Bodies of the user messages among them. */
export const bodiesOf = (events: readonly BertyMessageEvent[]): string[] =>
  events
    .map(appOf)
    .filter(({ type }) => type === BERTY.appType.userMessage)
    .map(({ payload }) => bertyCodecs.userMessage.decode(payload ?? Buffer.alloc(0)).body ?? '')

/** Founds a group at the first and lets the others join; resolves when each can read each other. */
export async function foundGroup(first: BertyClient, ...others: BertyClient[]): Promise<Buffer> {
  const { group_pk } = await first.protocol('MultiMemberGroupCreate')
  const { group } = await first.protocol('MultiMemberGroupInvitationCreate', { group_pk })
  for (const other of others) {
    await other.protocol('MultiMemberGroupJoin', { group })
    await other.protocol('ActivateGroup', { group_pk })
  }
  await whenReady(group_pk as Buffer, [first, ...others])
  return group_pk as Buffer
}

/** The barrier of a test: everybody has seen everybody's key for himself (berty 3.5). */
export async function whenReady(group_pk: Buffer, members: readonly BertyClient[]): Promise<void> {
  for (const member of members) {
    const { member_pk, device_pk } = await member.protocol('GroupInfo', { group_pk })
    await until(
      'every device has written its key',
      async () => {
        const devices = new Set<string>()
        for (const { metadata, event } of await member.metadata(group_pk)) {
          if (metadata?.event_type !== BERTY.event.chainKeyAdded) continue
          const key = bertyCodecs.chainKeyAdded.decode(event ?? Buffer.alloc(0))
          const isForUs = Buffer.compare(key.dest_member_pk ?? Buffer.alloc(0), member_pk as Buffer) === 0
          if (isForUs) devices.add(Buffer.from(key.device_pk ?? []).toString('hex'))
        }
        devices.delete((device_pk as Buffer).toString('hex'))
        return devices.size >= members.length - 1
      },
      { everyMs: 20 },
    )
  }
}

/** A fake Berty and a client of it. */
export interface Berty extends BertyClient {
  readonly peer: BertyPeer
}

export interface BertyWorld<Names extends readonly string[]> extends AsyncDisposable {
  readonly net: BertyNetwork
  readonly berties: { readonly [At in keyof Names]: Berty }
}

/** A network of fake Bertys, one for each name, each with a client. */
export async function openBerties<const Names extends readonly string[]>(
  names: Names,
  { era = 'E', ...options }: Partial<BertyNetworkOptions> & { era?: Era } = {},
): Promise<BertyWorld<Names>> {
  const net = createBertyNetwork({ seed: names.join(), ...options })
  const berties: Berty[] = []
  for (const name of names) berties.push(clientOf(await net.startPeer({ name, era })))
  return {
    net,
    berties: berties as unknown as BertyWorld<Names>['berties'],
    async [Symbol.asyncDispose]() {
      for (const berty of berties) berty[Symbol.dispose]()
      await net[Symbol.asyncDispose]()
    },
  }
}

export function clientOf(peer: BertyPeer, options: ClientOptions = {}): Berty {
  return { ...connectBerty(peer.endpoint, { under: peer.traits.protocolPackage, ...options }), peer }
}
