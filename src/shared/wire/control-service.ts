import type { ProtoGrpcType } from './generated/own/control.js'
import type { MessageOf } from './message.js'
import { type LoadedService, loadService } from './protos.js'

type Control = ProtoGrpcType['snetd']['control']['v1']

/** What a daemon says of itself, as on the wire; see proto/snetd/control/v1/control.proto. 64-bit numbers are text. */
export type StatusMessage = MessageOf<Control['Status']>
export type GateMessage = MessageOf<Control['Gate']>
export type InfraStatusMessage = MessageOf<Control['Infra']>
export type ListChannelsMessage = MessageOf<Control['ListChannelsRequest']>
export type KeptChannelsMessage = MessageOf<Control['KeptChannels']>
export type KeptChannelMessage = MessageOf<Control['KeptChannel']>
export type HoldMessage = MessageOf<Control['Hold']>
export type KeptClaimsMessage = MessageOf<Control['KeptClaims']>
export type KeptClaimMessage = MessageOf<Control['KeptClaim']>
export type UnlockChannelMessage = MessageOf<Control['UnlockChannelRequest']>
export type UnlockChannelReplyMessage = MessageOf<Control['UnlockChannelReply']>

export type ExportStorageMessage = MessageOf<Control['ExportStorageRequest']>
export type StorageLinesMessage = MessageOf<Control['StorageLines']>
export type ImportStorageMessage = MessageOf<Control['ImportStorageRequest']>
export type ImportStorageReplyMessage = MessageOf<Control['ImportStorageReply']>
export type StorageFaultsMessage = MessageOf<Control['StorageFaults']>
export type StorageFaultMessage = MessageOf<Control['StorageFault']>

export type FreeCallUserEntry = MessageOf<Control['FreeCallUserEntry']>
export type FreeCallUserRequest = MessageOf<Control['FreeCallUserRequest']>
export type FreeCallUserReply = MessageOf<Control['FreeCallUserReply']>

export const loadControlService = (): LoadedService => loadService('snetd.control.v1.Control')
