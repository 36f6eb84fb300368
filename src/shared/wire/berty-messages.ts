import { _berty_messenger_v1_AppMessage_Type as AppType } from './generated/berty/berty/messenger/v1/AppMessage.js'
import { _berty_messenger_v1_BertyLink_Kind as LinkKind } from './generated/berty/berty/messenger/v1/BertyLink.js'
import type {
  MessengerServiceDefinition,
  MessengerServiceHandlers,
} from './generated/berty/berty/messenger/v1/MessengerService.js'
import type { ProtoGrpcType } from './generated/berty/messenger.js'
import { EventType } from './generated/berty/weshnet/protocol/v1/EventType.js'
import { _weshnet_protocol_v1_GroupDeviceStatus_Type as DeviceStatus } from './generated/berty/weshnet/protocol/v1/GroupDeviceStatus.js'
import { GroupType } from './generated/berty/weshnet/protocol/v1/GroupType.js'
import type {
  ProtocolServiceDefinition,
  ProtocolServiceHandlers,
} from './generated/berty/weshnet/protocol/v1/ProtocolService.js'
import type { MessageOf, MethodsOf } from './message.js'

/**
 * Messages of Berty as decoded: absent fields are absent, 64-bit numbers are decimal text, enums are numbers. Optional
 * everywhere: whoever sends decides what is there.
 */
type Messenger = ProtoGrpcType['berty']['messenger']['v1']
type Protocol = ProtoGrpcType['weshnet']['protocol']['v1']

/** Request and answer of each method, also of those that take or give many. */
export type BertyProtocolMethods = MethodsOf<ProtocolServiceDefinition, ProtocolServiceHandlers, 'once' | 'on and on'>
export type BertyMessengerMethods = MethodsOf<
  MessengerServiceDefinition,
  MessengerServiceHandlers,
  'once' | 'on and on'
>

/** Its type is 3, a multi-member group; Berty does not check it. */
export type BertyGroup = MessageOf<Protocol['Group']>
export type BertyNamedGroup = MessageOf<Messenger['BertyGroup']>
export type BertyLink = MessageOf<Messenger['BertyLink']>
/** The answer of ShareableBertyGroup. */
export type BertyInvite = BertyMessengerMethods['ShareableBertyGroup'][1]
export type BertyMedia = MessageOf<Messenger['Media']>
export type BertyAppMessage = MessageOf<Messenger['AppMessage']>
export type BertyUserMessage = MessageOf<Messenger['UserMessage']>
export type BertyMessageEvent = MessageOf<Protocol['GroupMessageEvent']>
export type BertyMetadataEvent = MessageOf<Protocol['GroupMetadataEvent']>
export type BertyMemberDeviceAdded = MessageOf<Protocol['GroupMemberDeviceAdded']>
export type BertyChainKeyAdded = MessageOf<Protocol['GroupDeviceChainKeyAdded']>
export type BertyAccountGroupJoined = MessageOf<Protocol['AccountGroupJoined']>
export type BertyInitialMember = MessageOf<Protocol['MultiMemberGroupInitialMemberAnnounced']>
export type BertyMetadataPayload = MessageOf<Protocol['GroupMetadataPayloadSent']>
export type BertyReplicating = MessageOf<Protocol['GroupReplicating']>
export type BertyDevicePeer = MessageOf<Protocol['GroupDevicePeer']>
/** What google.rpc.Status and Berty's ErrDetails say together. */
export type BertyErrorStatus = MessageOf<Protocol['ErrorStatus']>
export type BertyErrorDetails = MessageOf<Protocol['ErrorDetails']>

/** Numbers of Berty's enums that both sides name. */
export const BERTY = {
  groupType: { multiMember: GroupType.GroupTypeMultiMember },
  linkKind: { group: LinkKind.GroupV1Kind, encrypted: LinkKind.EncryptedV1Kind },
  appType: {
    userMessage: AppType.TypeUserMessage,
    setGroupInfo: AppType.TypeSetGroupInfo,
    setUserInfo: AppType.TypeSetUserInfo,
    acknowledge: AppType.TypeAcknowledge,
  },
  event: {
    memberDeviceAdded: EventType.EventTypeGroupMemberDeviceAdded,
    chainKeyAdded: EventType.EventTypeGroupDeviceChainKeyAdded,
    accountGroupJoined: EventType.EventTypeAccountGroupJoined,
    initialMember: EventType.EventTypeMultiMemberGroupInitialMemberAnnounced,
    replicating: EventType.EventTypeGroupReplicating,
    appMetadata: EventType.EventTypeGroupMetadataPayloadSent,
  },
  deviceStatus: {
    disconnected: DeviceStatus.TypePeerDisconnected,
    connected: DeviceStatus.TypePeerConnected,
    reconnecting: DeviceStatus.TypePeerReconnecting,
  },
} as const
