import { type BertyGroup, BERTY } from '../../shared/wire/index.js'
import { bertyProtocolService, bertyCodecs } from '../../shared/wire/grpc/index.js'
import type { AuthFlow } from './auth-flow.js'
import { serveDeviceStatus } from './device-status.js'
import type { Handler } from './grpc-server.js'
import { bytesIn, type PeerContext, methodKit, type Request, textIn } from './handler-kit.js'
import { serveList } from './list-stream.js'
import { listPeers, protocolSystemInfo } from './system-info.js'
import { scanFields } from './wire-scan.js'

/** Adds the protocol service of the peer's generation. */
export function addProtocolService(context: PeerContext, auth: AuthFlow, handlers: Map<string, Handler>): void {
  const { account } = context
  const { traits } = account.host
  const kit = methodKit(bertyProtocolService(traits.protocolPackage), context, handlers)
  kit.read(traits.configuration, () => configuration(context))
  kit.read('PeerList', () => listPeers(account))
  kit.read('SystemInfo', () => protocolSystemInfo(account))
  // Every Berty that was observed answered with an empty list, even under traffic.
  kit.read('DebugGroup', () => ({}))
  kit.stream('GroupMessageList', (request, call, raw) => serveList('messages', context, { request, raw, call }))
  kit.stream('GroupMetadataList', (request, call, raw) => serveList('metadata', context, { request, raw, call }))
  kit.stream('GroupDeviceStatus', async (request, call) => serveDeviceStatus(account, request, call))
  addGroups(context, kit)
  addSending(context, kit)
  if (traits.authFlow === 'messenger') return
  kit.change('AuthServiceInitFlow', (request) => auth.init(textIn(request, 'auth_url')))
  kit.change('AuthServiceCompleteFlow', (request) => auth.complete(textIn(request, 'callback_url')))
}

type Kit = ReturnType<typeof methodKit>

function configuration({ account: { own, host } }: PeerContext): object {
  const account_pk = own.info.public_key
  const port = 10_000 + (own.device.publicKey[0] ?? 0)
  const listeners = ['/p2p-circuit', `/ip4/127.0.0.1/tcp/${String(port)}`]
  return { account_pk, device_pk: own.device.publicKey, account_group_pk: account_pk, peer_id: host.peerId, listeners }
}

function addGroups({ account }: PeerContext, kit: Kit): void {
  const groupKey = (request: Request): Uint8Array | undefined => bytesIn(request, 'group_pk')
  kit.change('MultiMemberGroupCreate', () => ({ group_pk: account.create().info.public_key }))
  kit.change('MultiMemberGroupJoin', (request) => {
    account.join(request['group'] as BertyGroup | undefined)
    return {}
  })
  kit.change('MultiMemberGroupLeave', (request) => {
    account.leave(groupKey(request))
    return {}
  })
  kit.read('MultiMemberGroupInvitationCreate', (request) => ({ group: account.requireKnown(groupKey(request)).info }))
  kit.change('ActivateGroup', (request) => {
    account.requireKnown(groupKey(request)).activate()
    return {}
  })
  kit.change('DeactivateGroup', (request) => {
    account.requireKnown(groupKey(request)).deactivate()
    return {}
  })
  kit.read('GroupInfo', (request) => {
    const { info, member, device } = account.requireKnown(groupKey(request))
    return { group: info, member_pk: member.publicKey, device_pk: device.publicKey }
  })
}

/** These two methods do not check the payload, so junk can get into a group. */
function addSending({ account }: PeerContext, kit: Kit): void {
  const payloadOf = (request: Request): Buffer => Buffer.from(bytesIn(request, 'payload') ?? [])
  kit.send('AppMessageSend', (request) => {
    const replica = account.writable(bytesIn(request, 'group_pk'))
    const payload = payloadOf(request)
    return { cid: replica.sendMessage(payload, kindOf(payload)).id }
  })
  kit.change('AppMetadataSend', (request) => {
    const replica = account.writable(bytesIn(request, 'group_pk'))
    const sent = { device_pk: replica.device.publicKey, message: payloadOf(request) }
    return { cid: replica.writeMetadata(BERTY.event.appMetadata, bertyCodecs.metadataPayload.encode(sent)).id }
  })
}

/** How the messengers of other members will understand the payload. */
function kindOf(payload: Buffer): 'user' | 'junk' | 'other' {
  if (!scanFields(payload)) return 'junk'
  const { type, payload: inner } = bertyCodecs.appMessage.decode(payload)
  if (type !== BERTY.appType.userMessage) return type ? 'other' : 'junk'
  return scanFields(inner ?? Buffer.alloc(0)) ? 'user' : 'junk'
}
