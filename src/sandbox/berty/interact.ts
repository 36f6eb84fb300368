import { BERTY, type BertyAppMessage } from '../../shared/wire/index.js'
import { bertyCodecs } from '../../shared/wire/grpc/index.js'
import type { Account } from './account.js'
import { bertyError, CallFailure, throughMessenger } from './errors.js'
import { bytesIn, flagIn, type Request, textIn } from './handler-kit.js'
import { cidText, parseKeyText } from './keys.js'
import { mediasNamed } from './media.js'
import type { Replica } from './replica.js'
import { scanFields } from './wire-scan.js'

const INVALID_INPUT = 100
const MISSING_INPUT = 102
const PROTOCOL_SEND = 2302

/** Interact: the messenger checks the request, in an order that differs by generation (berty 9.5). */
export function interact(account: Account, request: Request): object {
  const { checksKeyFirst } = account.host.traits
  if (checksKeyFirst) requireKey(request)
  checkPayload(account, request)
  if (!checksKeyFirst) requireKey(request)
  const key = parseKeyText(textIn(request, 'conversation_public_key'))
  if (!key) throw bertyError([INVALID_INPUT], 'illegal base64 data')
  const app = appMessage(account, request)
  const replica = writable(account, key)
  const message = bertyCodecs.appMessage.encode(app)
  if (flagIn(request, 'metadata')) return { cid: cidText(sendAsMetadata(replica, message)) }
  const kind = app.type === BERTY.appType.userMessage ? 'user' : 'other'
  return { cid: cidText(replica.sendMessage(message, kind).id) }
}

function requireKey(request: Request): void {
  if (textIn(request, 'conversation_public_key') === '') throw bertyError([MISSING_INPUT])
}

function checkPayload({ host }: Account, request: Request): void {
  const type = typeOf(request)
  if (!host.traits.interactTypes.includes(type)) throw bertyError([INVALID_INPUT], `unsupported type ${String(type)}`)
  if (type !== BERTY.appType.userMessage) return
  const { body = '' } = decodeBody(bytesIn(request, 'payload') ?? Buffer.alloc(0))
  if (host.traits.refusesDebugCommands && body.startsWith('/dd'))
    throw bertyError([INVALID_INPUT], `invalid debug command: ${body}`)
}

function decodeBody(payload: Uint8Array): { body?: string } {
  if (!scanFields(payload)) throw bertyError([INVALID_INPUT], 'proto: cannot parse invalid wire-format data')
  return bertyCodecs.userMessage.decode(payload)
}

const typeOf = (request: Request): number => (typeof request['type'] === 'number' ? request['type'] : 0)

function appMessage(account: Account, request: Request): BertyAppMessage {
  const cids = account.host.traits.hasMedia ? ((request['media_cids'] as string[] | undefined) ?? []) : []
  const medias = mediasNamed(account, cids)
  const target_cid = textIn(request, 'target_cid')
  const payload = bytesIn(request, 'payload')
  return {
    type: typeOf(request),
    sent_date: String(Math.round(account.host.clock())),
    ...(payload && { payload }),
    ...(target_cid && { target_cid }),
    ...(medias.length > 0 && { medias }),
  }
}

/** The messenger's errors show that it reaches the protocol service through an inner connection. */
function writable(account: Account, key: Buffer): Replica {
  try {
    return account.writable(key)
  } catch (thrown) {
    throw thrown instanceof CallFailure ? throughMessenger(PROTOCOL_SEND, thrown) : thrown
  }
}

export function sendAsMetadata(replica: Replica, message: Buffer): Buffer {
  const sent = bertyCodecs.metadataPayload.encode({ device_pk: replica.device.publicKey, message })
  return replica.writeMetadata(BERTY.event.appMetadata, sent).id
}
