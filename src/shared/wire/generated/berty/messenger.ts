import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AppMessageInput as _berty_messenger_v1_AppMessageInput, AppMessage as _berty_messenger_v1_AppMessage } from './berty/messenger/v1/AppMessage.js';
import type { BertyGroupInput as _berty_messenger_v1_BertyGroupInput, BertyGroup as _berty_messenger_v1_BertyGroup } from './berty/messenger/v1/BertyGroup.js';
import type { BertyIDInput as _berty_messenger_v1_BertyIDInput, BertyID as _berty_messenger_v1_BertyID } from './berty/messenger/v1/BertyID.js';
import type { BertyLinkInput as _berty_messenger_v1_BertyLinkInput, BertyLink as _berty_messenger_v1_BertyLink } from './berty/messenger/v1/BertyLink.js';
import type { ConversationCreateInput as _berty_messenger_v1_ConversationCreateInput, ConversationCreate as _berty_messenger_v1_ConversationCreate } from './berty/messenger/v1/ConversationCreate.js';
import type { ConversationJoinInput as _berty_messenger_v1_ConversationJoinInput, ConversationJoin as _berty_messenger_v1_ConversationJoin } from './berty/messenger/v1/ConversationJoin.js';
import type { EchoTestInput as _berty_messenger_v1_EchoTestInput, EchoTest as _berty_messenger_v1_EchoTest } from './berty/messenger/v1/EchoTest.js';
import type { EventStreamInput as _berty_messenger_v1_EventStreamInput, EventStream as _berty_messenger_v1_EventStream } from './berty/messenger/v1/EventStream.js';
import type { InteractInput as _berty_messenger_v1_InteractInput, Interact as _berty_messenger_v1_Interact } from './berty/messenger/v1/Interact.js';
import type { MediaInput as _berty_messenger_v1_MediaInput, Media as _berty_messenger_v1_Media } from './berty/messenger/v1/Media.js';
import type { MediaPrepareInput as _berty_messenger_v1_MediaPrepareInput, MediaPrepare as _berty_messenger_v1_MediaPrepare } from './berty/messenger/v1/MediaPrepare.js';
import type { MediaRetrieveInput as _berty_messenger_v1_MediaRetrieveInput, MediaRetrieve as _berty_messenger_v1_MediaRetrieve } from './berty/messenger/v1/MediaRetrieve.js';
import type { MessengerServiceClient as _berty_messenger_v1_MessengerServiceClient, MessengerServiceDefinition as _berty_messenger_v1_MessengerServiceDefinition } from './berty/messenger/v1/MessengerService.js';
import type { ParseDeepLinkInput as _berty_messenger_v1_ParseDeepLinkInput, ParseDeepLink as _berty_messenger_v1_ParseDeepLink } from './berty/messenger/v1/ParseDeepLink.js';
import type { ReplicationServiceRegisterGroupInput as _berty_messenger_v1_ReplicationServiceRegisterGroupInput, ReplicationServiceRegisterGroup as _berty_messenger_v1_ReplicationServiceRegisterGroup } from './berty/messenger/v1/ReplicationServiceRegisterGroup.js';
import type { ShareableBertyGroupInput as _berty_messenger_v1_ShareableBertyGroupInput, ShareableBertyGroup as _berty_messenger_v1_ShareableBertyGroup } from './berty/messenger/v1/ShareableBertyGroup.js';
import type { StreamEventInput as _berty_messenger_v1_StreamEventInput, StreamEvent as _berty_messenger_v1_StreamEvent } from './berty/messenger/v1/StreamEvent.js';
import type { SystemInfoInput as _berty_messenger_v1_SystemInfoInput, SystemInfo as _berty_messenger_v1_SystemInfo } from './berty/messenger/v1/SystemInfo.js';
import type { UserMessageInput as _berty_messenger_v1_UserMessageInput, UserMessage as _berty_messenger_v1_UserMessage } from './berty/messenger/v1/UserMessage.js';
import type { AccountGroupJoinedInput as _weshnet_protocol_v1_AccountGroupJoinedInput, AccountGroupJoined as _weshnet_protocol_v1_AccountGroupJoined } from './weshnet/protocol/v1/AccountGroupJoined.js';
import type { ActivateGroupInput as _weshnet_protocol_v1_ActivateGroupInput, ActivateGroup as _weshnet_protocol_v1_ActivateGroup } from './weshnet/protocol/v1/ActivateGroup.js';
import type { AppMessageSendInput as _weshnet_protocol_v1_AppMessageSendInput, AppMessageSend as _weshnet_protocol_v1_AppMessageSend } from './weshnet/protocol/v1/AppMessageSend.js';
import type { AuthServiceCompleteFlowInput as _weshnet_protocol_v1_AuthServiceCompleteFlowInput, AuthServiceCompleteFlow as _weshnet_protocol_v1_AuthServiceCompleteFlow } from './weshnet/protocol/v1/AuthServiceCompleteFlow.js';
import type { AuthServiceInitFlowInput as _weshnet_protocol_v1_AuthServiceInitFlowInput, AuthServiceInitFlow as _weshnet_protocol_v1_AuthServiceInitFlow } from './weshnet/protocol/v1/AuthServiceInitFlow.js';
import type { DeactivateGroupInput as _weshnet_protocol_v1_DeactivateGroupInput, DeactivateGroup as _weshnet_protocol_v1_DeactivateGroup } from './weshnet/protocol/v1/DeactivateGroup.js';
import type { DebugGroupInput as _weshnet_protocol_v1_DebugGroupInput, DebugGroup as _weshnet_protocol_v1_DebugGroup } from './weshnet/protocol/v1/DebugGroup.js';
import type { ErrorDetailsInput as _weshnet_protocol_v1_ErrorDetailsInput, ErrorDetails as _weshnet_protocol_v1_ErrorDetails } from './weshnet/protocol/v1/ErrorDetails.js';
import type { ErrorStatusInput as _weshnet_protocol_v1_ErrorStatusInput, ErrorStatus as _weshnet_protocol_v1_ErrorStatus } from './weshnet/protocol/v1/ErrorStatus.js';
import type { EventContextInput as _weshnet_protocol_v1_EventContextInput, EventContext as _weshnet_protocol_v1_EventContext } from './weshnet/protocol/v1/EventContext.js';
import type { GroupInput as _weshnet_protocol_v1_GroupInput, Group as _weshnet_protocol_v1_Group } from './weshnet/protocol/v1/Group.js';
import type { GroupDeviceChainKeyAddedInput as _weshnet_protocol_v1_GroupDeviceChainKeyAddedInput, GroupDeviceChainKeyAdded as _weshnet_protocol_v1_GroupDeviceChainKeyAdded } from './weshnet/protocol/v1/GroupDeviceChainKeyAdded.js';
import type { GroupDevicePeerInput as _weshnet_protocol_v1_GroupDevicePeerInput, GroupDevicePeer as _weshnet_protocol_v1_GroupDevicePeer } from './weshnet/protocol/v1/GroupDevicePeer.js';
import type { GroupDeviceStatusInput as _weshnet_protocol_v1_GroupDeviceStatusInput, GroupDeviceStatus as _weshnet_protocol_v1_GroupDeviceStatus } from './weshnet/protocol/v1/GroupDeviceStatus.js';
import type { GroupInfoInput as _weshnet_protocol_v1_GroupInfoInput, GroupInfo as _weshnet_protocol_v1_GroupInfo } from './weshnet/protocol/v1/GroupInfo.js';
import type { GroupListInput as _weshnet_protocol_v1_GroupListInput, GroupList as _weshnet_protocol_v1_GroupList } from './weshnet/protocol/v1/GroupList.js';
import type { GroupMemberDeviceAddedInput as _weshnet_protocol_v1_GroupMemberDeviceAddedInput, GroupMemberDeviceAdded as _weshnet_protocol_v1_GroupMemberDeviceAdded } from './weshnet/protocol/v1/GroupMemberDeviceAdded.js';
import type { GroupMessageEventInput as _weshnet_protocol_v1_GroupMessageEventInput, GroupMessageEvent as _weshnet_protocol_v1_GroupMessageEvent } from './weshnet/protocol/v1/GroupMessageEvent.js';
import type { GroupMetadataInput as _weshnet_protocol_v1_GroupMetadataInput, GroupMetadata as _weshnet_protocol_v1_GroupMetadata } from './weshnet/protocol/v1/GroupMetadata.js';
import type { GroupMetadataEventInput as _weshnet_protocol_v1_GroupMetadataEventInput, GroupMetadataEvent as _weshnet_protocol_v1_GroupMetadataEvent } from './weshnet/protocol/v1/GroupMetadataEvent.js';
import type { GroupMetadataPayloadSentInput as _weshnet_protocol_v1_GroupMetadataPayloadSentInput, GroupMetadataPayloadSent as _weshnet_protocol_v1_GroupMetadataPayloadSent } from './weshnet/protocol/v1/GroupMetadataPayloadSent.js';
import type { GroupReplicatingInput as _weshnet_protocol_v1_GroupReplicatingInput, GroupReplicating as _weshnet_protocol_v1_GroupReplicating } from './weshnet/protocol/v1/GroupReplicating.js';
import type { MessageHeadersInput as _weshnet_protocol_v1_MessageHeadersInput, MessageHeaders as _weshnet_protocol_v1_MessageHeaders } from './weshnet/protocol/v1/MessageHeaders.js';
import type { MultiMemberGroupCreateInput as _weshnet_protocol_v1_MultiMemberGroupCreateInput, MultiMemberGroupCreate as _weshnet_protocol_v1_MultiMemberGroupCreate } from './weshnet/protocol/v1/MultiMemberGroupCreate.js';
import type { MultiMemberGroupInitialMemberAnnouncedInput as _weshnet_protocol_v1_MultiMemberGroupInitialMemberAnnouncedInput, MultiMemberGroupInitialMemberAnnounced as _weshnet_protocol_v1_MultiMemberGroupInitialMemberAnnounced } from './weshnet/protocol/v1/MultiMemberGroupInitialMemberAnnounced.js';
import type { MultiMemberGroupInvitationCreateInput as _weshnet_protocol_v1_MultiMemberGroupInvitationCreateInput, MultiMemberGroupInvitationCreate as _weshnet_protocol_v1_MultiMemberGroupInvitationCreate } from './weshnet/protocol/v1/MultiMemberGroupInvitationCreate.js';
import type { MultiMemberGroupJoinInput as _weshnet_protocol_v1_MultiMemberGroupJoinInput, MultiMemberGroupJoin as _weshnet_protocol_v1_MultiMemberGroupJoin } from './weshnet/protocol/v1/MultiMemberGroupJoin.js';
import type { MultiMemberGroupLeaveInput as _weshnet_protocol_v1_MultiMemberGroupLeaveInput, MultiMemberGroupLeave as _weshnet_protocol_v1_MultiMemberGroupLeave } from './weshnet/protocol/v1/MultiMemberGroupLeave.js';
import type { PeerListInput as _weshnet_protocol_v1_PeerListInput, PeerList as _weshnet_protocol_v1_PeerList } from './weshnet/protocol/v1/PeerList.js';
import type { ProtocolServiceClient as _weshnet_protocol_v1_ProtocolServiceClient, ProtocolServiceDefinition as _weshnet_protocol_v1_ProtocolServiceDefinition } from './weshnet/protocol/v1/ProtocolService.js';
import type { ServiceGetConfigurationInput as _weshnet_protocol_v1_ServiceGetConfigurationInput, ServiceGetConfiguration as _weshnet_protocol_v1_ServiceGetConfiguration } from './weshnet/protocol/v1/ServiceGetConfiguration.js';
import type { SystemInfoInput as _weshnet_protocol_v1_SystemInfoInput, SystemInfo as _weshnet_protocol_v1_SystemInfo } from './weshnet/protocol/v1/SystemInfo.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  berty: {
    messenger: {
      v1: {
        AppMessage: MessageTypeDefinition<_berty_messenger_v1_AppMessageInput, _berty_messenger_v1_AppMessage>
        BertyGroup: MessageTypeDefinition<_berty_messenger_v1_BertyGroupInput, _berty_messenger_v1_BertyGroup>
        BertyID: MessageTypeDefinition<_berty_messenger_v1_BertyIDInput, _berty_messenger_v1_BertyID>
        BertyLink: MessageTypeDefinition<_berty_messenger_v1_BertyLinkInput, _berty_messenger_v1_BertyLink>
        ConversationCreate: MessageTypeDefinition<_berty_messenger_v1_ConversationCreateInput, _berty_messenger_v1_ConversationCreate>
        ConversationJoin: MessageTypeDefinition<_berty_messenger_v1_ConversationJoinInput, _berty_messenger_v1_ConversationJoin>
        EchoTest: MessageTypeDefinition<_berty_messenger_v1_EchoTestInput, _berty_messenger_v1_EchoTest>
        EventStream: MessageTypeDefinition<_berty_messenger_v1_EventStreamInput, _berty_messenger_v1_EventStream>
        Interact: MessageTypeDefinition<_berty_messenger_v1_InteractInput, _berty_messenger_v1_Interact>
        Media: MessageTypeDefinition<_berty_messenger_v1_MediaInput, _berty_messenger_v1_Media>
        MediaPrepare: MessageTypeDefinition<_berty_messenger_v1_MediaPrepareInput, _berty_messenger_v1_MediaPrepare>
        MediaRetrieve: MessageTypeDefinition<_berty_messenger_v1_MediaRetrieveInput, _berty_messenger_v1_MediaRetrieve>
        MessengerService: SubtypeConstructor<typeof grpc.Client, _berty_messenger_v1_MessengerServiceClient> & { service: _berty_messenger_v1_MessengerServiceDefinition }
        ParseDeepLink: MessageTypeDefinition<_berty_messenger_v1_ParseDeepLinkInput, _berty_messenger_v1_ParseDeepLink>
        ReplicationServiceRegisterGroup: MessageTypeDefinition<_berty_messenger_v1_ReplicationServiceRegisterGroupInput, _berty_messenger_v1_ReplicationServiceRegisterGroup>
        ShareableBertyGroup: MessageTypeDefinition<_berty_messenger_v1_ShareableBertyGroupInput, _berty_messenger_v1_ShareableBertyGroup>
        StreamEvent: MessageTypeDefinition<_berty_messenger_v1_StreamEventInput, _berty_messenger_v1_StreamEvent>
        SystemInfo: MessageTypeDefinition<_berty_messenger_v1_SystemInfoInput, _berty_messenger_v1_SystemInfo>
        UserMessage: MessageTypeDefinition<_berty_messenger_v1_UserMessageInput, _berty_messenger_v1_UserMessage>
      }
    }
  }
  weshnet: {
    protocol: {
      v1: {
        AccountGroupJoined: MessageTypeDefinition<_weshnet_protocol_v1_AccountGroupJoinedInput, _weshnet_protocol_v1_AccountGroupJoined>
        ActivateGroup: MessageTypeDefinition<_weshnet_protocol_v1_ActivateGroupInput, _weshnet_protocol_v1_ActivateGroup>
        AppMessageSend: MessageTypeDefinition<_weshnet_protocol_v1_AppMessageSendInput, _weshnet_protocol_v1_AppMessageSend>
        AuthServiceCompleteFlow: MessageTypeDefinition<_weshnet_protocol_v1_AuthServiceCompleteFlowInput, _weshnet_protocol_v1_AuthServiceCompleteFlow>
        AuthServiceInitFlow: MessageTypeDefinition<_weshnet_protocol_v1_AuthServiceInitFlowInput, _weshnet_protocol_v1_AuthServiceInitFlow>
        DeactivateGroup: MessageTypeDefinition<_weshnet_protocol_v1_DeactivateGroupInput, _weshnet_protocol_v1_DeactivateGroup>
        DebugGroup: MessageTypeDefinition<_weshnet_protocol_v1_DebugGroupInput, _weshnet_protocol_v1_DebugGroup>
        ErrorDetails: MessageTypeDefinition<_weshnet_protocol_v1_ErrorDetailsInput, _weshnet_protocol_v1_ErrorDetails>
        ErrorStatus: MessageTypeDefinition<_weshnet_protocol_v1_ErrorStatusInput, _weshnet_protocol_v1_ErrorStatus>
        EventContext: MessageTypeDefinition<_weshnet_protocol_v1_EventContextInput, _weshnet_protocol_v1_EventContext>
        EventType: EnumTypeDefinition
        Group: MessageTypeDefinition<_weshnet_protocol_v1_GroupInput, _weshnet_protocol_v1_Group>
        GroupDeviceChainKeyAdded: MessageTypeDefinition<_weshnet_protocol_v1_GroupDeviceChainKeyAddedInput, _weshnet_protocol_v1_GroupDeviceChainKeyAdded>
        GroupDevicePeer: MessageTypeDefinition<_weshnet_protocol_v1_GroupDevicePeerInput, _weshnet_protocol_v1_GroupDevicePeer>
        GroupDeviceStatus: MessageTypeDefinition<_weshnet_protocol_v1_GroupDeviceStatusInput, _weshnet_protocol_v1_GroupDeviceStatus>
        GroupInfo: MessageTypeDefinition<_weshnet_protocol_v1_GroupInfoInput, _weshnet_protocol_v1_GroupInfo>
        GroupList: MessageTypeDefinition<_weshnet_protocol_v1_GroupListInput, _weshnet_protocol_v1_GroupList>
        GroupMemberDeviceAdded: MessageTypeDefinition<_weshnet_protocol_v1_GroupMemberDeviceAddedInput, _weshnet_protocol_v1_GroupMemberDeviceAdded>
        GroupMessageEvent: MessageTypeDefinition<_weshnet_protocol_v1_GroupMessageEventInput, _weshnet_protocol_v1_GroupMessageEvent>
        GroupMetadata: MessageTypeDefinition<_weshnet_protocol_v1_GroupMetadataInput, _weshnet_protocol_v1_GroupMetadata>
        GroupMetadataEvent: MessageTypeDefinition<_weshnet_protocol_v1_GroupMetadataEventInput, _weshnet_protocol_v1_GroupMetadataEvent>
        GroupMetadataPayloadSent: MessageTypeDefinition<_weshnet_protocol_v1_GroupMetadataPayloadSentInput, _weshnet_protocol_v1_GroupMetadataPayloadSent>
        GroupReplicating: MessageTypeDefinition<_weshnet_protocol_v1_GroupReplicatingInput, _weshnet_protocol_v1_GroupReplicating>
        GroupType: EnumTypeDefinition
        MessageHeaders: MessageTypeDefinition<_weshnet_protocol_v1_MessageHeadersInput, _weshnet_protocol_v1_MessageHeaders>
        MultiMemberGroupCreate: MessageTypeDefinition<_weshnet_protocol_v1_MultiMemberGroupCreateInput, _weshnet_protocol_v1_MultiMemberGroupCreate>
        MultiMemberGroupInitialMemberAnnounced: MessageTypeDefinition<_weshnet_protocol_v1_MultiMemberGroupInitialMemberAnnouncedInput, _weshnet_protocol_v1_MultiMemberGroupInitialMemberAnnounced>
        MultiMemberGroupInvitationCreate: MessageTypeDefinition<_weshnet_protocol_v1_MultiMemberGroupInvitationCreateInput, _weshnet_protocol_v1_MultiMemberGroupInvitationCreate>
        MultiMemberGroupJoin: MessageTypeDefinition<_weshnet_protocol_v1_MultiMemberGroupJoinInput, _weshnet_protocol_v1_MultiMemberGroupJoin>
        MultiMemberGroupLeave: MessageTypeDefinition<_weshnet_protocol_v1_MultiMemberGroupLeaveInput, _weshnet_protocol_v1_MultiMemberGroupLeave>
        PeerList: MessageTypeDefinition<_weshnet_protocol_v1_PeerListInput, _weshnet_protocol_v1_PeerList>
        ProtocolService: SubtypeConstructor<typeof grpc.Client, _weshnet_protocol_v1_ProtocolServiceClient> & { service: _weshnet_protocol_v1_ProtocolServiceDefinition }
        ServiceGetConfiguration: MessageTypeDefinition<_weshnet_protocol_v1_ServiceGetConfigurationInput, _weshnet_protocol_v1_ServiceGetConfiguration>
        SystemInfo: MessageTypeDefinition<_weshnet_protocol_v1_SystemInfoInput, _weshnet_protocol_v1_SystemInfo>
      }
    }
  }
}

