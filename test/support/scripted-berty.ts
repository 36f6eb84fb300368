import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerWritableStream,
  type UntypedHandleCall,
} from '@grpc/grpc-js'
import { bertyMessengerService, type BertyMethod, bertyProtocolService } from '../../src/shared/wire/grpc/index.js'

export type Message = Record<string, unknown>
export type UnaryScript = (request: Message) => Message | Promise<Message>
export type StreamScript = (call: ServerWritableStream<Message, Message>) => void
export type UploadScript = (requests: Message[]) => Message
/** May be changed while it runs. By method, as `messenger/Interact`, `protocol/GroupInfo` or `old-protocol/GroupInfo`; others are UNIMPLEMENTED. */
export type Script = Record<string, UnaryScript | StreamScript | UploadScript>

export interface ScriptedBerty extends AsyncDisposable {
  readonly endpoint: string
  readonly port: string
  /** Methods that were called, in order. */
  readonly calls: string[]
}

const SERVICES = {
  messenger: bertyMessengerService(),
  protocol: bertyProtocolService('weshnet.protocol.v1'),
  'old-protocol': bertyProtocolService('berty.protocol.v1'),
}

/** What a Berty answers, line by line: for what an honest one never does. */
export async function startScriptedBerty(script: Script, port = 0): Promise<ScriptedBerty> {
  const server = new Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 })
  const calls: string[] = []
  for (const [key, service] of Object.entries(SERVICES)) {
    const definitions: Record<string, BertyMethod> = {}
    const handlers: Record<string, UntypedHandleCall> = {}
    for (const path of Object.keys(script).filter((each) => each.startsWith(`${key}/`))) {
      const name = path.slice(key.length + 1)
      const definition = service[name] as BertyMethod
      definitions[name] = definition
      handlers[name] = handlerOf(definition, () => {
        calls.push(path)
        return script[path] as Script[string]
      })
    }
    if (Object.keys(definitions).length > 0) server.addService(definitions, handlers)
  }
  const bound = await new Promise<number>((done, fail) =>
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
      error ? fail(error) : done(at),
    ),
  )
  return {
    endpoint: `127.0.0.1:${bound}`,
    port: String(bound),
    calls,
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  }
}

function handlerOf({ requestStream, responseStream }: BertyMethod, answer: () => Script[string]): UntypedHandleCall {
  if (responseStream)
    return (call: ServerDuplexStream<Message, Message>) =>
      (answer() as StreamScript)(call as unknown as ServerWritableStream<Message, Message>)
  const respond = async (make: () => Message | Promise<Message>, done: Done): Promise<void> => {
    try {
      done(null, await make())
    } catch (thrown) {
      done(thrown as Error)
    }
  }
  if (!requestStream)
    return ((call, done) => void respond(() => (answer() as UnaryScript)(call.request), done)) as handleUnaryCall<
      Message,
      Message
    >
  return (call: ServerReadableStream<Message, Message>, done: Done) => {
    const requests: Message[] = []
    call.on('data', (request: Message) => requests.push(request))
    call.on('end', () => void respond(() => (answer() as UploadScript)(requests), done))
  }
}

type Done = Parameters<handleUnaryCall<Message, Message>>[1]

/** An error as Berty tells it: everything under UNAVAILABLE. */
export const bertyError = (details: string, code = 14): Error => Object.assign(new Error(details), { code, details })

/** Answers for ever nothing. */
export const never = (): Promise<Message> => new Promise(() => undefined)

export interface Account {
  readonly account: Buffer
  readonly device: Buffer
}
export const anAccount = (): Account => ({ account: randomBytes(32), device: randomBytes(32) })

/** The least that is taken for a Berty of this era. */
export function eraScript(era: 'A' | 'B' | 'C' | 'D' | 'E', { account, device }: Account = anAccount()): Script {
  const configuration = (): Message => ({
    account_pk: account,
    device_pk: device,
    peer_id: 'peer',
    listeners: ['/p2p-circuit'],
  })
  const protocol = era === 'A' || era === 'B' ? 'old-protocol' : 'protocol'
  const name = era === 'D' || era === 'E' ? 'ServiceGetConfiguration' : 'InstanceGetConfiguration'
  const flow = era === 'E' ? 'messenger' : protocol
  return {
    [`${protocol}/${name}`]: configuration,
    [`${flow}/AuthServiceCompleteFlow`]: () => {
      throw bertyError('ErrServicesAuthWrongState(#4002)')
    },
    'messenger/SystemInfo': () => ({ messenger: { process: { version: `version of ${era}` } } }),
    ...(era === 'A' && {
      'messenger/MediaPrepare': () => {
        throw bertyError('ErrDeserialization(#103): EOF')
      },
    }),
  }
}

/** A group with a good signature, as Berty's messages have it. */
export function aGroup(): Message & { readonly public_key: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const secret = randomBytes(32)
  return {
    public_key: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
    secret,
    secret_sig: sign(null, secret, privateKey),
    group_type: 3,
    link_key_sig: randomBytes(64),
  }
}
