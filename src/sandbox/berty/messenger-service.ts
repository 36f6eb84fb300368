import { BERTY } from '../../shared/wire/index.js'
import { bertyCodecs, bertyMessengerService } from '../../shared/wire/grpc/index.js'
import type { Account } from './account.js'
import type { AuthFlow } from './auth-flow.js'
import { createConversation, joinConversation, parseLink, shareGroup } from './conversations.js'
import { bertyError } from './errors.js'
import type { GrpcCall } from './grpc-call.js'
import { toFrame } from './grpc-frames.js'
import type { Handler } from './grpc-server.js'
import { type PeerContext, flagIn, methodKit, type Request, textIn } from './handler-kit.js'
import { interact } from './interact.js'
import { parseKeyText } from './keys.js'
import { prepareMedia, retrieveMedia, writer } from './media.js'
import { messengerSystemInfo } from './system-info.js'

const INVALID_INPUT = 100
const NOT_FOUND = 404
const TODO = 666
const REPLICATION_SERVER = 4101
const EMPTY_TARGET = 'rpc error: code = Unavailable desc = passthrough: received empty target in Build()'

/** The most that an echo without a delay sends; it goes as fast as the reader reads. */
const MOST_ECHOES = 120_000

/** Adds the messenger service of the peer's generation. */
export function addMessengerService(context: PeerContext, auth: AuthFlow, handlers: Map<string, Handler>): void {
  const { account } = context
  const { traits } = account.host
  const service = bertyMessengerService()
  const kit = methodKit(service, context, handlers)
  kit.read('ShareableBertyGroup', (request) => shareGroup(account, request))
  kit.read('ParseDeepLink', (request) => ({ link: parseLink(textIn(request, 'link')) }))
  kit.read('SystemInfo', () => messengerSystemInfo(account))
  kit.change('ConversationJoin', (request) => joinConversation(account, request))
  kit.change('ConversationCreate', (request) => createConversation(account, request))
  kit.send('Interact', (request) => interact(account, request))
  kit.change('ReplicationServiceRegisterGroup', (request) => registerReplication(account, auth, request))
  kit.stream('EchoTest', (request, call) => echo(context, request, call))
  // The stream opens and stays silent: clients read the lists instead.
  kit.stream('EventStream', async () => undefined)
  if (traits.authFlow === 'messenger') {
    kit.change('AuthServiceInitFlow', (request) => auth.init(textIn(request, 'auth_url')))
    kit.change('AuthServiceCompleteFlow', (request) => auth.complete(textIn(request, 'callback_url')))
  }
  if (!traits.hasMedia) return
  kit.upload('MediaPrepare', (messages) => prepareMedia(account, messages))
  kit.stream('MediaRetrieve', async (request, call) => {
    const serialize = service['MediaRetrieve']?.responseSerialize ?? (() => Buffer.alloc(0))
    await retrieveMedia(account, request, writer(call, serialize))
    call.end()
  })
}

/** At head it always fails, whatever the token server answers (berty 2). */
function registerReplication(account: Account, auth: AuthFlow, request: Request): object {
  if (!auth.knows(textIn(request, 'token_id'))) throw bertyError([NOT_FOUND])
  const key = parseKeyText(textIn(request, 'conversation_public_key'))
  if (!key) throw bertyError([INVALID_INPUT], 'illegal base64 data')
  const replica = account.requireKnown(key)
  if (!account.host.traits.canRegisterReplication) throw bertyError([REPLICATION_SERVER], EMPTY_TARGET)
  const event = { device_pk: replica.device.publicKey, replication_server: '127.0.0.1:9095' }
  replica.writeMetadata(BERTY.event.replicating, bertyCodecs.replicating.encode(event))
  return {}
}

async function echo(context: PeerContext, request: Request, call: GrpcCall): Promise<void> {
  if (flagIn(request, 'trigger_error')) throw bertyError([TODO], 'an error, as asked for')
  const delay = Number(textIn(request, 'delay') || '0')
  const serialize = bertyMessengerService()['EchoTest']?.responseSerialize ?? (() => Buffer.alloc(0))
  const frame = toFrame(serialize({ echo: textIn(request, 'echo') }))
  for (let sent = 0; !call.signal.aborted && (delay > 0 || sent < MOST_ECHOES); sent++) {
    await context.whenRunning()
    if (!call.send(frame)) await call.drained()
    if (delay > 0) await context.account.core.timers.pause(delay, call.signal)
  }
}
