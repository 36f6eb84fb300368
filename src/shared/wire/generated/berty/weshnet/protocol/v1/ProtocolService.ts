// Original file: proto/weshnet/protocol/v1/protocol.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GroupMessageEventInput as _weshnet_protocol_v1_GroupMessageEventInput, GroupMessageEvent as _weshnet_protocol_v1_GroupMessageEvent } from '../../../weshnet/protocol/v1/GroupMessageEvent.js';
import type { GroupMetadataEventInput as _weshnet_protocol_v1_GroupMetadataEventInput, GroupMetadataEvent as _weshnet_protocol_v1_GroupMetadataEvent } from '../../../weshnet/protocol/v1/GroupMetadataEvent.js';
import type { _weshnet_protocol_v1_ServiceGetConfiguration_ReplyInput, _weshnet_protocol_v1_ServiceGetConfiguration_Reply } from '../../../weshnet/protocol/v1/ServiceGetConfiguration.js';
import type { _weshnet_protocol_v1_MultiMemberGroupCreate_ReplyInput, _weshnet_protocol_v1_MultiMemberGroupCreate_Reply } from '../../../weshnet/protocol/v1/MultiMemberGroupCreate.js';
import type { _weshnet_protocol_v1_MultiMemberGroupJoin_ReplyInput, _weshnet_protocol_v1_MultiMemberGroupJoin_Reply } from '../../../weshnet/protocol/v1/MultiMemberGroupJoin.js';
import type { _weshnet_protocol_v1_MultiMemberGroupLeave_ReplyInput, _weshnet_protocol_v1_MultiMemberGroupLeave_Reply } from '../../../weshnet/protocol/v1/MultiMemberGroupLeave.js';
import type { _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_ReplyInput, _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply } from '../../../weshnet/protocol/v1/MultiMemberGroupInvitationCreate.js';
import type { _weshnet_protocol_v1_ActivateGroup_ReplyInput, _weshnet_protocol_v1_ActivateGroup_Reply } from '../../../weshnet/protocol/v1/ActivateGroup.js';
import type { _weshnet_protocol_v1_DeactivateGroup_ReplyInput, _weshnet_protocol_v1_DeactivateGroup_Reply } from '../../../weshnet/protocol/v1/DeactivateGroup.js';
import type { _weshnet_protocol_v1_GroupInfo_ReplyInput, _weshnet_protocol_v1_GroupInfo_Reply } from '../../../weshnet/protocol/v1/GroupInfo.js';
import type { _weshnet_protocol_v1_AppMessageSend_ReplyInput, _weshnet_protocol_v1_AppMessageSend_Reply } from '../../../weshnet/protocol/v1/AppMessageSend.js';
import type { _weshnet_protocol_v1_GroupDeviceStatus_ReplyInput, _weshnet_protocol_v1_GroupDeviceStatus_Reply } from '../../../weshnet/protocol/v1/GroupDeviceStatus.js';
import type { _weshnet_protocol_v1_PeerList_ReplyInput, _weshnet_protocol_v1_PeerList_Reply } from '../../../weshnet/protocol/v1/PeerList.js';
import type { _weshnet_protocol_v1_SystemInfo_ReplyInput, _weshnet_protocol_v1_SystemInfo_Reply } from '../../../weshnet/protocol/v1/SystemInfo.js';
import type { _weshnet_protocol_v1_DebugGroup_ReplyInput, _weshnet_protocol_v1_DebugGroup_Reply } from '../../../weshnet/protocol/v1/DebugGroup.js';
import type { _weshnet_protocol_v1_AuthServiceInitFlow_ReplyInput, _weshnet_protocol_v1_AuthServiceInitFlow_Reply } from '../../../weshnet/protocol/v1/AuthServiceInitFlow.js';
import type { _weshnet_protocol_v1_AuthServiceCompleteFlow_ReplyInput, _weshnet_protocol_v1_AuthServiceCompleteFlow_Reply } from '../../../weshnet/protocol/v1/AuthServiceCompleteFlow.js';
import type { _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, _weshnet_protocol_v1_ServiceGetConfiguration_Request } from '../../../weshnet/protocol/v1/ServiceGetConfiguration.js';
import type { _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, _weshnet_protocol_v1_MultiMemberGroupCreate_Request } from '../../../weshnet/protocol/v1/MultiMemberGroupCreate.js';
import type { _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, _weshnet_protocol_v1_MultiMemberGroupJoin_Request } from '../../../weshnet/protocol/v1/MultiMemberGroupJoin.js';
import type { _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, _weshnet_protocol_v1_MultiMemberGroupLeave_Request } from '../../../weshnet/protocol/v1/MultiMemberGroupLeave.js';
import type { _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Request } from '../../../weshnet/protocol/v1/MultiMemberGroupInvitationCreate.js';
import type { _weshnet_protocol_v1_ActivateGroup_RequestInput, _weshnet_protocol_v1_ActivateGroup_Request } from '../../../weshnet/protocol/v1/ActivateGroup.js';
import type { _weshnet_protocol_v1_DeactivateGroup_RequestInput, _weshnet_protocol_v1_DeactivateGroup_Request } from '../../../weshnet/protocol/v1/DeactivateGroup.js';
import type { _weshnet_protocol_v1_GroupInfo_RequestInput, _weshnet_protocol_v1_GroupInfo_Request } from '../../../weshnet/protocol/v1/GroupInfo.js';
import type { _weshnet_protocol_v1_AppMessageSend_RequestInput, _weshnet_protocol_v1_AppMessageSend_Request } from '../../../weshnet/protocol/v1/AppMessageSend.js';
import type { _weshnet_protocol_v1_GroupList_RequestInput, _weshnet_protocol_v1_GroupList_Request } from '../../../weshnet/protocol/v1/GroupList.js';
import type { _weshnet_protocol_v1_GroupDeviceStatus_RequestInput, _weshnet_protocol_v1_GroupDeviceStatus_Request } from '../../../weshnet/protocol/v1/GroupDeviceStatus.js';
import type { _weshnet_protocol_v1_PeerList_RequestInput, _weshnet_protocol_v1_PeerList_Request } from '../../../weshnet/protocol/v1/PeerList.js';
import type { _weshnet_protocol_v1_SystemInfo_RequestInput, _weshnet_protocol_v1_SystemInfo_Request } from '../../../weshnet/protocol/v1/SystemInfo.js';
import type { _weshnet_protocol_v1_DebugGroup_RequestInput, _weshnet_protocol_v1_DebugGroup_Request } from '../../../weshnet/protocol/v1/DebugGroup.js';
import type { _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, _weshnet_protocol_v1_AuthServiceInitFlow_Request } from '../../../weshnet/protocol/v1/AuthServiceInitFlow.js';
import type { _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, _weshnet_protocol_v1_AuthServiceCompleteFlow_Request } from '../../../weshnet/protocol/v1/AuthServiceCompleteFlow.js';

export interface ProtocolServiceClient extends grpc.Client {
  ActivateGroup(argument: _weshnet_protocol_v1_ActivateGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ActivateGroup_Reply>): grpc.ClientUnaryCall;
  ActivateGroup(argument: _weshnet_protocol_v1_ActivateGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_ActivateGroup_Reply>): grpc.ClientUnaryCall;
  ActivateGroup(argument: _weshnet_protocol_v1_ActivateGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ActivateGroup_Reply>): grpc.ClientUnaryCall;
  ActivateGroup(argument: _weshnet_protocol_v1_ActivateGroup_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_ActivateGroup_Reply>): grpc.ClientUnaryCall;
  activateGroup(argument: _weshnet_protocol_v1_ActivateGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ActivateGroup_Reply>): grpc.ClientUnaryCall;
  activateGroup(argument: _weshnet_protocol_v1_ActivateGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_ActivateGroup_Reply>): grpc.ClientUnaryCall;
  activateGroup(argument: _weshnet_protocol_v1_ActivateGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ActivateGroup_Reply>): grpc.ClientUnaryCall;
  activateGroup(argument: _weshnet_protocol_v1_ActivateGroup_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_ActivateGroup_Reply>): grpc.ClientUnaryCall;
  
  AppMessageSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  AppMessageSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  AppMessageSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  AppMessageSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  appMessageSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  appMessageSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  appMessageSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  appMessageSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  
  AppMetadataSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  AppMetadataSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  AppMetadataSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  AppMetadataSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  appMetadataSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  appMetadataSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  appMetadataSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  appMetadataSend(argument: _weshnet_protocol_v1_AppMessageSend_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_AppMessageSend_Reply>): grpc.ClientUnaryCall;
  
  AuthServiceCompleteFlow(argument: _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>): grpc.ClientUnaryCall;
  AuthServiceCompleteFlow(argument: _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>): grpc.ClientUnaryCall;
  AuthServiceCompleteFlow(argument: _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>): grpc.ClientUnaryCall;
  AuthServiceCompleteFlow(argument: _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>): grpc.ClientUnaryCall;
  authServiceCompleteFlow(argument: _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>): grpc.ClientUnaryCall;
  authServiceCompleteFlow(argument: _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>): grpc.ClientUnaryCall;
  authServiceCompleteFlow(argument: _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>): grpc.ClientUnaryCall;
  authServiceCompleteFlow(argument: _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>): grpc.ClientUnaryCall;
  
  AuthServiceInitFlow(argument: _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceInitFlow_Reply>): grpc.ClientUnaryCall;
  AuthServiceInitFlow(argument: _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceInitFlow_Reply>): grpc.ClientUnaryCall;
  AuthServiceInitFlow(argument: _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceInitFlow_Reply>): grpc.ClientUnaryCall;
  AuthServiceInitFlow(argument: _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceInitFlow_Reply>): grpc.ClientUnaryCall;
  authServiceInitFlow(argument: _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceInitFlow_Reply>): grpc.ClientUnaryCall;
  authServiceInitFlow(argument: _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceInitFlow_Reply>): grpc.ClientUnaryCall;
  authServiceInitFlow(argument: _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceInitFlow_Reply>): grpc.ClientUnaryCall;
  authServiceInitFlow(argument: _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_AuthServiceInitFlow_Reply>): grpc.ClientUnaryCall;
  
  DeactivateGroup(argument: _weshnet_protocol_v1_DeactivateGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_DeactivateGroup_Reply>): grpc.ClientUnaryCall;
  DeactivateGroup(argument: _weshnet_protocol_v1_DeactivateGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_DeactivateGroup_Reply>): grpc.ClientUnaryCall;
  DeactivateGroup(argument: _weshnet_protocol_v1_DeactivateGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_DeactivateGroup_Reply>): grpc.ClientUnaryCall;
  DeactivateGroup(argument: _weshnet_protocol_v1_DeactivateGroup_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_DeactivateGroup_Reply>): grpc.ClientUnaryCall;
  deactivateGroup(argument: _weshnet_protocol_v1_DeactivateGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_DeactivateGroup_Reply>): grpc.ClientUnaryCall;
  deactivateGroup(argument: _weshnet_protocol_v1_DeactivateGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_DeactivateGroup_Reply>): grpc.ClientUnaryCall;
  deactivateGroup(argument: _weshnet_protocol_v1_DeactivateGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_DeactivateGroup_Reply>): grpc.ClientUnaryCall;
  deactivateGroup(argument: _weshnet_protocol_v1_DeactivateGroup_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_DeactivateGroup_Reply>): grpc.ClientUnaryCall;
  
  DebugGroup(argument: _weshnet_protocol_v1_DebugGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_DebugGroup_Reply>): grpc.ClientUnaryCall;
  DebugGroup(argument: _weshnet_protocol_v1_DebugGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_DebugGroup_Reply>): grpc.ClientUnaryCall;
  DebugGroup(argument: _weshnet_protocol_v1_DebugGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_DebugGroup_Reply>): grpc.ClientUnaryCall;
  DebugGroup(argument: _weshnet_protocol_v1_DebugGroup_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_DebugGroup_Reply>): grpc.ClientUnaryCall;
  debugGroup(argument: _weshnet_protocol_v1_DebugGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_DebugGroup_Reply>): grpc.ClientUnaryCall;
  debugGroup(argument: _weshnet_protocol_v1_DebugGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_DebugGroup_Reply>): grpc.ClientUnaryCall;
  debugGroup(argument: _weshnet_protocol_v1_DebugGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_DebugGroup_Reply>): grpc.ClientUnaryCall;
  debugGroup(argument: _weshnet_protocol_v1_DebugGroup_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_DebugGroup_Reply>): grpc.ClientUnaryCall;
  
  GroupDeviceStatus(argument: _weshnet_protocol_v1_GroupDeviceStatus_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupDeviceStatus_Reply>;
  GroupDeviceStatus(argument: _weshnet_protocol_v1_GroupDeviceStatus_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupDeviceStatus_Reply>;
  groupDeviceStatus(argument: _weshnet_protocol_v1_GroupDeviceStatus_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupDeviceStatus_Reply>;
  groupDeviceStatus(argument: _weshnet_protocol_v1_GroupDeviceStatus_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupDeviceStatus_Reply>;
  
  GroupInfo(argument: _weshnet_protocol_v1_GroupInfo_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_GroupInfo_Reply>): grpc.ClientUnaryCall;
  GroupInfo(argument: _weshnet_protocol_v1_GroupInfo_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_GroupInfo_Reply>): grpc.ClientUnaryCall;
  GroupInfo(argument: _weshnet_protocol_v1_GroupInfo_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_GroupInfo_Reply>): grpc.ClientUnaryCall;
  GroupInfo(argument: _weshnet_protocol_v1_GroupInfo_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_GroupInfo_Reply>): grpc.ClientUnaryCall;
  groupInfo(argument: _weshnet_protocol_v1_GroupInfo_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_GroupInfo_Reply>): grpc.ClientUnaryCall;
  groupInfo(argument: _weshnet_protocol_v1_GroupInfo_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_GroupInfo_Reply>): grpc.ClientUnaryCall;
  groupInfo(argument: _weshnet_protocol_v1_GroupInfo_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_GroupInfo_Reply>): grpc.ClientUnaryCall;
  groupInfo(argument: _weshnet_protocol_v1_GroupInfo_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_GroupInfo_Reply>): grpc.ClientUnaryCall;
  
  GroupMessageList(argument: _weshnet_protocol_v1_GroupList_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupMessageEvent>;
  GroupMessageList(argument: _weshnet_protocol_v1_GroupList_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupMessageEvent>;
  groupMessageList(argument: _weshnet_protocol_v1_GroupList_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupMessageEvent>;
  groupMessageList(argument: _weshnet_protocol_v1_GroupList_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupMessageEvent>;
  
  GroupMetadataList(argument: _weshnet_protocol_v1_GroupList_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupMetadataEvent>;
  GroupMetadataList(argument: _weshnet_protocol_v1_GroupList_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupMetadataEvent>;
  groupMetadataList(argument: _weshnet_protocol_v1_GroupList_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupMetadataEvent>;
  groupMetadataList(argument: _weshnet_protocol_v1_GroupList_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_weshnet_protocol_v1_GroupMetadataEvent>;
  
  InstanceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  InstanceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  InstanceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  InstanceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  instanceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  instanceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  instanceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  instanceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  
  MultiMemberGroupCreate(argument: _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupCreate_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupCreate(argument: _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupCreate_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupCreate(argument: _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupCreate_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupCreate(argument: _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupCreate_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupCreate(argument: _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupCreate_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupCreate(argument: _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupCreate_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupCreate(argument: _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupCreate_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupCreate(argument: _weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupCreate_Reply>): grpc.ClientUnaryCall;
  
  MultiMemberGroupInvitationCreate(argument: _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupInvitationCreate(argument: _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupInvitationCreate(argument: _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupInvitationCreate(argument: _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupInvitationCreate(argument: _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupInvitationCreate(argument: _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupInvitationCreate(argument: _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupInvitationCreate(argument: _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>): grpc.ClientUnaryCall;
  
  MultiMemberGroupJoin(argument: _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupJoin_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupJoin(argument: _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupJoin_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupJoin(argument: _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupJoin_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupJoin(argument: _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupJoin_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupJoin(argument: _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupJoin_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupJoin(argument: _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupJoin_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupJoin(argument: _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupJoin_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupJoin(argument: _weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupJoin_Reply>): grpc.ClientUnaryCall;
  
  MultiMemberGroupLeave(argument: _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupLeave_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupLeave(argument: _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupLeave_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupLeave(argument: _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupLeave_Reply>): grpc.ClientUnaryCall;
  MultiMemberGroupLeave(argument: _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupLeave_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupLeave(argument: _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupLeave_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupLeave(argument: _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupLeave_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupLeave(argument: _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupLeave_Reply>): grpc.ClientUnaryCall;
  multiMemberGroupLeave(argument: _weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_MultiMemberGroupLeave_Reply>): grpc.ClientUnaryCall;
  
  PeerList(argument: _weshnet_protocol_v1_PeerList_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_PeerList_Reply>): grpc.ClientUnaryCall;
  PeerList(argument: _weshnet_protocol_v1_PeerList_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_PeerList_Reply>): grpc.ClientUnaryCall;
  PeerList(argument: _weshnet_protocol_v1_PeerList_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_PeerList_Reply>): grpc.ClientUnaryCall;
  PeerList(argument: _weshnet_protocol_v1_PeerList_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_PeerList_Reply>): grpc.ClientUnaryCall;
  peerList(argument: _weshnet_protocol_v1_PeerList_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_PeerList_Reply>): grpc.ClientUnaryCall;
  peerList(argument: _weshnet_protocol_v1_PeerList_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_PeerList_Reply>): grpc.ClientUnaryCall;
  peerList(argument: _weshnet_protocol_v1_PeerList_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_PeerList_Reply>): grpc.ClientUnaryCall;
  peerList(argument: _weshnet_protocol_v1_PeerList_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_PeerList_Reply>): grpc.ClientUnaryCall;
  
  ServiceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  ServiceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  ServiceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  ServiceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  serviceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  serviceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  serviceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  serviceGetConfiguration(argument: _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_ServiceGetConfiguration_Reply>): grpc.ClientUnaryCall;
  
  SystemInfo(argument: _weshnet_protocol_v1_SystemInfo_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  SystemInfo(argument: _weshnet_protocol_v1_SystemInfo_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  SystemInfo(argument: _weshnet_protocol_v1_SystemInfo_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  SystemInfo(argument: _weshnet_protocol_v1_SystemInfo_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  systemInfo(argument: _weshnet_protocol_v1_SystemInfo_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  systemInfo(argument: _weshnet_protocol_v1_SystemInfo_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_weshnet_protocol_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  systemInfo(argument: _weshnet_protocol_v1_SystemInfo_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_weshnet_protocol_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  systemInfo(argument: _weshnet_protocol_v1_SystemInfo_RequestInput, callback: grpc.requestCallback<_weshnet_protocol_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  
}

export interface ProtocolServiceHandlers extends grpc.UntypedServiceImplementation {
  ActivateGroup: grpc.handleUnaryCall<_weshnet_protocol_v1_ActivateGroup_Request, _weshnet_protocol_v1_ActivateGroup_ReplyInput>;
  
  AppMessageSend: grpc.handleUnaryCall<_weshnet_protocol_v1_AppMessageSend_Request, _weshnet_protocol_v1_AppMessageSend_ReplyInput>;
  
  AppMetadataSend: grpc.handleUnaryCall<_weshnet_protocol_v1_AppMessageSend_Request, _weshnet_protocol_v1_AppMessageSend_ReplyInput>;
  
  AuthServiceCompleteFlow: grpc.handleUnaryCall<_weshnet_protocol_v1_AuthServiceCompleteFlow_Request, _weshnet_protocol_v1_AuthServiceCompleteFlow_ReplyInput>;
  
  AuthServiceInitFlow: grpc.handleUnaryCall<_weshnet_protocol_v1_AuthServiceInitFlow_Request, _weshnet_protocol_v1_AuthServiceInitFlow_ReplyInput>;
  
  DeactivateGroup: grpc.handleUnaryCall<_weshnet_protocol_v1_DeactivateGroup_Request, _weshnet_protocol_v1_DeactivateGroup_ReplyInput>;
  
  DebugGroup: grpc.handleUnaryCall<_weshnet_protocol_v1_DebugGroup_Request, _weshnet_protocol_v1_DebugGroup_ReplyInput>;
  
  GroupDeviceStatus: grpc.handleServerStreamingCall<_weshnet_protocol_v1_GroupDeviceStatus_Request, _weshnet_protocol_v1_GroupDeviceStatus_ReplyInput>;
  
  GroupInfo: grpc.handleUnaryCall<_weshnet_protocol_v1_GroupInfo_Request, _weshnet_protocol_v1_GroupInfo_ReplyInput>;
  
  GroupMessageList: grpc.handleServerStreamingCall<_weshnet_protocol_v1_GroupList_Request, _weshnet_protocol_v1_GroupMessageEventInput>;
  
  GroupMetadataList: grpc.handleServerStreamingCall<_weshnet_protocol_v1_GroupList_Request, _weshnet_protocol_v1_GroupMetadataEventInput>;
  
  InstanceGetConfiguration: grpc.handleUnaryCall<_weshnet_protocol_v1_ServiceGetConfiguration_Request, _weshnet_protocol_v1_ServiceGetConfiguration_ReplyInput>;
  
  MultiMemberGroupCreate: grpc.handleUnaryCall<_weshnet_protocol_v1_MultiMemberGroupCreate_Request, _weshnet_protocol_v1_MultiMemberGroupCreate_ReplyInput>;
  
  MultiMemberGroupInvitationCreate: grpc.handleUnaryCall<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Request, _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_ReplyInput>;
  
  MultiMemberGroupJoin: grpc.handleUnaryCall<_weshnet_protocol_v1_MultiMemberGroupJoin_Request, _weshnet_protocol_v1_MultiMemberGroupJoin_ReplyInput>;
  
  MultiMemberGroupLeave: grpc.handleUnaryCall<_weshnet_protocol_v1_MultiMemberGroupLeave_Request, _weshnet_protocol_v1_MultiMemberGroupLeave_ReplyInput>;
  
  PeerList: grpc.handleUnaryCall<_weshnet_protocol_v1_PeerList_Request, _weshnet_protocol_v1_PeerList_ReplyInput>;
  
  ServiceGetConfiguration: grpc.handleUnaryCall<_weshnet_protocol_v1_ServiceGetConfiguration_Request, _weshnet_protocol_v1_ServiceGetConfiguration_ReplyInput>;
  
  SystemInfo: grpc.handleUnaryCall<_weshnet_protocol_v1_SystemInfo_Request, _weshnet_protocol_v1_SystemInfo_ReplyInput>;
  
}

export interface ProtocolServiceDefinition extends grpc.ServiceDefinition {
  ActivateGroup: MethodDefinition<_weshnet_protocol_v1_ActivateGroup_RequestInput, _weshnet_protocol_v1_ActivateGroup_ReplyInput, _weshnet_protocol_v1_ActivateGroup_Request, _weshnet_protocol_v1_ActivateGroup_Reply>
  AppMessageSend: MethodDefinition<_weshnet_protocol_v1_AppMessageSend_RequestInput, _weshnet_protocol_v1_AppMessageSend_ReplyInput, _weshnet_protocol_v1_AppMessageSend_Request, _weshnet_protocol_v1_AppMessageSend_Reply>
  AppMetadataSend: MethodDefinition<_weshnet_protocol_v1_AppMessageSend_RequestInput, _weshnet_protocol_v1_AppMessageSend_ReplyInput, _weshnet_protocol_v1_AppMessageSend_Request, _weshnet_protocol_v1_AppMessageSend_Reply>
  AuthServiceCompleteFlow: MethodDefinition<_weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, _weshnet_protocol_v1_AuthServiceCompleteFlow_ReplyInput, _weshnet_protocol_v1_AuthServiceCompleteFlow_Request, _weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>
  AuthServiceInitFlow: MethodDefinition<_weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, _weshnet_protocol_v1_AuthServiceInitFlow_ReplyInput, _weshnet_protocol_v1_AuthServiceInitFlow_Request, _weshnet_protocol_v1_AuthServiceInitFlow_Reply>
  DeactivateGroup: MethodDefinition<_weshnet_protocol_v1_DeactivateGroup_RequestInput, _weshnet_protocol_v1_DeactivateGroup_ReplyInput, _weshnet_protocol_v1_DeactivateGroup_Request, _weshnet_protocol_v1_DeactivateGroup_Reply>
  DebugGroup: MethodDefinition<_weshnet_protocol_v1_DebugGroup_RequestInput, _weshnet_protocol_v1_DebugGroup_ReplyInput, _weshnet_protocol_v1_DebugGroup_Request, _weshnet_protocol_v1_DebugGroup_Reply>
  GroupDeviceStatus: MethodDefinition<_weshnet_protocol_v1_GroupDeviceStatus_RequestInput, _weshnet_protocol_v1_GroupDeviceStatus_ReplyInput, _weshnet_protocol_v1_GroupDeviceStatus_Request, _weshnet_protocol_v1_GroupDeviceStatus_Reply>
  GroupInfo: MethodDefinition<_weshnet_protocol_v1_GroupInfo_RequestInput, _weshnet_protocol_v1_GroupInfo_ReplyInput, _weshnet_protocol_v1_GroupInfo_Request, _weshnet_protocol_v1_GroupInfo_Reply>
  GroupMessageList: MethodDefinition<_weshnet_protocol_v1_GroupList_RequestInput, _weshnet_protocol_v1_GroupMessageEventInput, _weshnet_protocol_v1_GroupList_Request, _weshnet_protocol_v1_GroupMessageEvent>
  GroupMetadataList: MethodDefinition<_weshnet_protocol_v1_GroupList_RequestInput, _weshnet_protocol_v1_GroupMetadataEventInput, _weshnet_protocol_v1_GroupList_Request, _weshnet_protocol_v1_GroupMetadataEvent>
  InstanceGetConfiguration: MethodDefinition<_weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, _weshnet_protocol_v1_ServiceGetConfiguration_ReplyInput, _weshnet_protocol_v1_ServiceGetConfiguration_Request, _weshnet_protocol_v1_ServiceGetConfiguration_Reply>
  MultiMemberGroupCreate: MethodDefinition<_weshnet_protocol_v1_MultiMemberGroupCreate_RequestInput, _weshnet_protocol_v1_MultiMemberGroupCreate_ReplyInput, _weshnet_protocol_v1_MultiMemberGroupCreate_Request, _weshnet_protocol_v1_MultiMemberGroupCreate_Reply>
  MultiMemberGroupInvitationCreate: MethodDefinition<_weshnet_protocol_v1_MultiMemberGroupInvitationCreate_RequestInput, _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_ReplyInput, _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Request, _weshnet_protocol_v1_MultiMemberGroupInvitationCreate_Reply>
  MultiMemberGroupJoin: MethodDefinition<_weshnet_protocol_v1_MultiMemberGroupJoin_RequestInput, _weshnet_protocol_v1_MultiMemberGroupJoin_ReplyInput, _weshnet_protocol_v1_MultiMemberGroupJoin_Request, _weshnet_protocol_v1_MultiMemberGroupJoin_Reply>
  MultiMemberGroupLeave: MethodDefinition<_weshnet_protocol_v1_MultiMemberGroupLeave_RequestInput, _weshnet_protocol_v1_MultiMemberGroupLeave_ReplyInput, _weshnet_protocol_v1_MultiMemberGroupLeave_Request, _weshnet_protocol_v1_MultiMemberGroupLeave_Reply>
  PeerList: MethodDefinition<_weshnet_protocol_v1_PeerList_RequestInput, _weshnet_protocol_v1_PeerList_ReplyInput, _weshnet_protocol_v1_PeerList_Request, _weshnet_protocol_v1_PeerList_Reply>
  ServiceGetConfiguration: MethodDefinition<_weshnet_protocol_v1_ServiceGetConfiguration_RequestInput, _weshnet_protocol_v1_ServiceGetConfiguration_ReplyInput, _weshnet_protocol_v1_ServiceGetConfiguration_Request, _weshnet_protocol_v1_ServiceGetConfiguration_Reply>
  SystemInfo: MethodDefinition<_weshnet_protocol_v1_SystemInfo_RequestInput, _weshnet_protocol_v1_SystemInfo_ReplyInput, _weshnet_protocol_v1_SystemInfo_Request, _weshnet_protocol_v1_SystemInfo_Reply>
}
