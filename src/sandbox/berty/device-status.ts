import { onAbort } from '../../shared/abort.js'
import { BERTY } from '../../shared/wire/index.js'
import { bertyCodecs, bertyProtocolService } from '../../shared/wire/grpc/index.js'
import type { Account } from './account.js'
import type { GrpcCall } from './grpc-call.js'
import { toFrame } from './grpc-frames.js'
import { bytesIn, type Request } from './handler-kit.js'
import type { Replica } from './replica.js'

const LAN = 1

/** GroupDeviceStatus: tells which members are connected, and every change. For an unknown group it stays silent. */
export function serveDeviceStatus(account: Account, request: Request, call: GrpcCall): void {
  const replica = account.find(bytesIn(request, 'group_pk'))
  if (!replica) return
  const { core, host } = account
  const seen = new Map<string, boolean>()
  const tell = (type: number, event: Buffer): void => {
    call.send(
      toFrame(bertyProtocolService()['GroupDeviceStatus']?.responseSerialize({ type, event }) ?? Buffer.alloc(0)),
    )
  }
  const review = (): void => {
    if (!host.isUp) return
    for (const other of core.delivery.replicasOf(replica.group)) {
      if (other === replica) continue
      const isConnected = other.isOpen && core.links.isOpen(host.name, other.name)
      const before = seen.get(other.deviceKey)
      if (isConnected === (before ?? false)) continue
      seen.set(other.deviceKey, isConnected)
      if (!isConnected) tell(BERTY.deviceStatus.disconnected, peerOf(other))
      // Head reports a peer that comes back as connected, with only its id in the event.
      else if (before === false) tell(host.traits.repeatsChainKeys ? 2 : 3, peerOf(other))
      if (isConnected) tell(BERTY.deviceStatus.connected, connected(other))
    }
  }
  onAbort(call.signal, core.topology.watch(review))
  review()
}

const peerOf = ({ host }: Replica): Buffer => bertyCodecs.devicePeer.encode({ peer_id: host.peerId })

const connected = ({ host, device }: Replica): Buffer =>
  bertyCodecs.devicePeer.encode({
    peer_id: host.peerId,
    device_pk: device.publicKey,
    transports: [LAN],
    maddrs: ['/ip4/127.0.0.1/tcp/10101'],
  })
