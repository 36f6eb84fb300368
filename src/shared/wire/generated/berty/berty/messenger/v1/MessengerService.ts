// Original file: proto/berty/messenger/v1/messenger.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { _berty_messenger_v1_ShareableBertyGroup_ReplyInput, _berty_messenger_v1_ShareableBertyGroup_Reply } from '../../../berty/messenger/v1/ShareableBertyGroup.js';
import type { _berty_messenger_v1_ParseDeepLink_ReplyInput, _berty_messenger_v1_ParseDeepLink_Reply } from '../../../berty/messenger/v1/ParseDeepLink.js';
import type { _berty_messenger_v1_ConversationJoin_ReplyInput, _berty_messenger_v1_ConversationJoin_Reply } from '../../../berty/messenger/v1/ConversationJoin.js';
import type { _berty_messenger_v1_ConversationCreate_ReplyInput, _berty_messenger_v1_ConversationCreate_Reply } from '../../../berty/messenger/v1/ConversationCreate.js';
import type { _berty_messenger_v1_Interact_ReplyInput, _berty_messenger_v1_Interact_Reply } from '../../../berty/messenger/v1/Interact.js';
import type { _berty_messenger_v1_EventStream_ReplyInput, _berty_messenger_v1_EventStream_Reply } from '../../../berty/messenger/v1/EventStream.js';
import type { _berty_messenger_v1_SystemInfo_ReplyInput, _berty_messenger_v1_SystemInfo_Reply } from '../../../berty/messenger/v1/SystemInfo.js';
import type { _berty_messenger_v1_EchoTest_ReplyInput, _berty_messenger_v1_EchoTest_Reply } from '../../../berty/messenger/v1/EchoTest.js';
import type { _berty_messenger_v1_MediaPrepare_ReplyInput, _berty_messenger_v1_MediaPrepare_Reply } from '../../../berty/messenger/v1/MediaPrepare.js';
import type { _berty_messenger_v1_MediaRetrieve_ReplyInput, _berty_messenger_v1_MediaRetrieve_Reply } from '../../../berty/messenger/v1/MediaRetrieve.js';
import type { _weshnet_protocol_v1_AuthServiceInitFlow_ReplyInput, _weshnet_protocol_v1_AuthServiceInitFlow_Reply } from '../../../weshnet/protocol/v1/AuthServiceInitFlow.js';
import type { _weshnet_protocol_v1_AuthServiceCompleteFlow_ReplyInput, _weshnet_protocol_v1_AuthServiceCompleteFlow_Reply } from '../../../weshnet/protocol/v1/AuthServiceCompleteFlow.js';
import type { _berty_messenger_v1_ReplicationServiceRegisterGroup_ReplyInput, _berty_messenger_v1_ReplicationServiceRegisterGroup_Reply } from '../../../berty/messenger/v1/ReplicationServiceRegisterGroup.js';
import type { _berty_messenger_v1_ShareableBertyGroup_RequestInput, _berty_messenger_v1_ShareableBertyGroup_Request } from '../../../berty/messenger/v1/ShareableBertyGroup.js';
import type { _berty_messenger_v1_ParseDeepLink_RequestInput, _berty_messenger_v1_ParseDeepLink_Request } from '../../../berty/messenger/v1/ParseDeepLink.js';
import type { _berty_messenger_v1_ConversationJoin_RequestInput, _berty_messenger_v1_ConversationJoin_Request } from '../../../berty/messenger/v1/ConversationJoin.js';
import type { _berty_messenger_v1_ConversationCreate_RequestInput, _berty_messenger_v1_ConversationCreate_Request } from '../../../berty/messenger/v1/ConversationCreate.js';
import type { _berty_messenger_v1_Interact_RequestInput, _berty_messenger_v1_Interact_Request } from '../../../berty/messenger/v1/Interact.js';
import type { _berty_messenger_v1_EventStream_RequestInput, _berty_messenger_v1_EventStream_Request } from '../../../berty/messenger/v1/EventStream.js';
import type { _berty_messenger_v1_SystemInfo_RequestInput, _berty_messenger_v1_SystemInfo_Request } from '../../../berty/messenger/v1/SystemInfo.js';
import type { _berty_messenger_v1_EchoTest_RequestInput, _berty_messenger_v1_EchoTest_Request } from '../../../berty/messenger/v1/EchoTest.js';
import type { _berty_messenger_v1_MediaPrepare_RequestInput, _berty_messenger_v1_MediaPrepare_Request } from '../../../berty/messenger/v1/MediaPrepare.js';
import type { _berty_messenger_v1_MediaRetrieve_RequestInput, _berty_messenger_v1_MediaRetrieve_Request } from '../../../berty/messenger/v1/MediaRetrieve.js';
import type { _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, _weshnet_protocol_v1_AuthServiceInitFlow_Request } from '../../../weshnet/protocol/v1/AuthServiceInitFlow.js';
import type { _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, _weshnet_protocol_v1_AuthServiceCompleteFlow_Request } from '../../../weshnet/protocol/v1/AuthServiceCompleteFlow.js';
import type { _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, _berty_messenger_v1_ReplicationServiceRegisterGroup_Request } from '../../../berty/messenger/v1/ReplicationServiceRegisterGroup.js';

export interface MessengerServiceClient extends grpc.Client {
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
  
  ConversationCreate(argument: _berty_messenger_v1_ConversationCreate_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ConversationCreate_Reply>): grpc.ClientUnaryCall;
  ConversationCreate(argument: _berty_messenger_v1_ConversationCreate_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ConversationCreate_Reply>): grpc.ClientUnaryCall;
  ConversationCreate(argument: _berty_messenger_v1_ConversationCreate_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ConversationCreate_Reply>): grpc.ClientUnaryCall;
  ConversationCreate(argument: _berty_messenger_v1_ConversationCreate_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ConversationCreate_Reply>): grpc.ClientUnaryCall;
  conversationCreate(argument: _berty_messenger_v1_ConversationCreate_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ConversationCreate_Reply>): grpc.ClientUnaryCall;
  conversationCreate(argument: _berty_messenger_v1_ConversationCreate_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ConversationCreate_Reply>): grpc.ClientUnaryCall;
  conversationCreate(argument: _berty_messenger_v1_ConversationCreate_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ConversationCreate_Reply>): grpc.ClientUnaryCall;
  conversationCreate(argument: _berty_messenger_v1_ConversationCreate_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ConversationCreate_Reply>): grpc.ClientUnaryCall;
  
  ConversationJoin(argument: _berty_messenger_v1_ConversationJoin_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ConversationJoin_Reply>): grpc.ClientUnaryCall;
  ConversationJoin(argument: _berty_messenger_v1_ConversationJoin_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ConversationJoin_Reply>): grpc.ClientUnaryCall;
  ConversationJoin(argument: _berty_messenger_v1_ConversationJoin_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ConversationJoin_Reply>): grpc.ClientUnaryCall;
  ConversationJoin(argument: _berty_messenger_v1_ConversationJoin_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ConversationJoin_Reply>): grpc.ClientUnaryCall;
  conversationJoin(argument: _berty_messenger_v1_ConversationJoin_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ConversationJoin_Reply>): grpc.ClientUnaryCall;
  conversationJoin(argument: _berty_messenger_v1_ConversationJoin_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ConversationJoin_Reply>): grpc.ClientUnaryCall;
  conversationJoin(argument: _berty_messenger_v1_ConversationJoin_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ConversationJoin_Reply>): grpc.ClientUnaryCall;
  conversationJoin(argument: _berty_messenger_v1_ConversationJoin_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ConversationJoin_Reply>): grpc.ClientUnaryCall;
  
  EchoTest(argument: _berty_messenger_v1_EchoTest_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_EchoTest_Reply>;
  EchoTest(argument: _berty_messenger_v1_EchoTest_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_EchoTest_Reply>;
  echoTest(argument: _berty_messenger_v1_EchoTest_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_EchoTest_Reply>;
  echoTest(argument: _berty_messenger_v1_EchoTest_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_EchoTest_Reply>;
  
  EventStream(argument: _berty_messenger_v1_EventStream_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_EventStream_Reply>;
  EventStream(argument: _berty_messenger_v1_EventStream_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_EventStream_Reply>;
  eventStream(argument: _berty_messenger_v1_EventStream_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_EventStream_Reply>;
  eventStream(argument: _berty_messenger_v1_EventStream_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_EventStream_Reply>;
  
  Interact(argument: _berty_messenger_v1_Interact_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_Interact_Reply>): grpc.ClientUnaryCall;
  Interact(argument: _berty_messenger_v1_Interact_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_Interact_Reply>): grpc.ClientUnaryCall;
  Interact(argument: _berty_messenger_v1_Interact_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_Interact_Reply>): grpc.ClientUnaryCall;
  Interact(argument: _berty_messenger_v1_Interact_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_Interact_Reply>): grpc.ClientUnaryCall;
  interact(argument: _berty_messenger_v1_Interact_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_Interact_Reply>): grpc.ClientUnaryCall;
  interact(argument: _berty_messenger_v1_Interact_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_Interact_Reply>): grpc.ClientUnaryCall;
  interact(argument: _berty_messenger_v1_Interact_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_Interact_Reply>): grpc.ClientUnaryCall;
  interact(argument: _berty_messenger_v1_Interact_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_Interact_Reply>): grpc.ClientUnaryCall;
  
  MediaPrepare(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_MediaPrepare_Reply>): grpc.ClientWritableStream<_berty_messenger_v1_MediaPrepare_RequestInput>;
  MediaPrepare(metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_MediaPrepare_Reply>): grpc.ClientWritableStream<_berty_messenger_v1_MediaPrepare_RequestInput>;
  MediaPrepare(options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_MediaPrepare_Reply>): grpc.ClientWritableStream<_berty_messenger_v1_MediaPrepare_RequestInput>;
  MediaPrepare(callback: grpc.requestCallback<_berty_messenger_v1_MediaPrepare_Reply>): grpc.ClientWritableStream<_berty_messenger_v1_MediaPrepare_RequestInput>;
  mediaPrepare(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_MediaPrepare_Reply>): grpc.ClientWritableStream<_berty_messenger_v1_MediaPrepare_RequestInput>;
  mediaPrepare(metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_MediaPrepare_Reply>): grpc.ClientWritableStream<_berty_messenger_v1_MediaPrepare_RequestInput>;
  mediaPrepare(options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_MediaPrepare_Reply>): grpc.ClientWritableStream<_berty_messenger_v1_MediaPrepare_RequestInput>;
  mediaPrepare(callback: grpc.requestCallback<_berty_messenger_v1_MediaPrepare_Reply>): grpc.ClientWritableStream<_berty_messenger_v1_MediaPrepare_RequestInput>;
  
  MediaRetrieve(argument: _berty_messenger_v1_MediaRetrieve_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_MediaRetrieve_Reply>;
  MediaRetrieve(argument: _berty_messenger_v1_MediaRetrieve_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_MediaRetrieve_Reply>;
  mediaRetrieve(argument: _berty_messenger_v1_MediaRetrieve_RequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_MediaRetrieve_Reply>;
  mediaRetrieve(argument: _berty_messenger_v1_MediaRetrieve_RequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_berty_messenger_v1_MediaRetrieve_Reply>;
  
  ParseDeepLink(argument: _berty_messenger_v1_ParseDeepLink_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ParseDeepLink_Reply>): grpc.ClientUnaryCall;
  ParseDeepLink(argument: _berty_messenger_v1_ParseDeepLink_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ParseDeepLink_Reply>): grpc.ClientUnaryCall;
  ParseDeepLink(argument: _berty_messenger_v1_ParseDeepLink_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ParseDeepLink_Reply>): grpc.ClientUnaryCall;
  ParseDeepLink(argument: _berty_messenger_v1_ParseDeepLink_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ParseDeepLink_Reply>): grpc.ClientUnaryCall;
  parseDeepLink(argument: _berty_messenger_v1_ParseDeepLink_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ParseDeepLink_Reply>): grpc.ClientUnaryCall;
  parseDeepLink(argument: _berty_messenger_v1_ParseDeepLink_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ParseDeepLink_Reply>): grpc.ClientUnaryCall;
  parseDeepLink(argument: _berty_messenger_v1_ParseDeepLink_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ParseDeepLink_Reply>): grpc.ClientUnaryCall;
  parseDeepLink(argument: _berty_messenger_v1_ParseDeepLink_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ParseDeepLink_Reply>): grpc.ClientUnaryCall;
  
  ReplicationServiceRegisterGroup(argument: _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>): grpc.ClientUnaryCall;
  ReplicationServiceRegisterGroup(argument: _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>): grpc.ClientUnaryCall;
  ReplicationServiceRegisterGroup(argument: _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>): grpc.ClientUnaryCall;
  ReplicationServiceRegisterGroup(argument: _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>): grpc.ClientUnaryCall;
  replicationServiceRegisterGroup(argument: _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>): grpc.ClientUnaryCall;
  replicationServiceRegisterGroup(argument: _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>): grpc.ClientUnaryCall;
  replicationServiceRegisterGroup(argument: _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>): grpc.ClientUnaryCall;
  replicationServiceRegisterGroup(argument: _berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>): grpc.ClientUnaryCall;
  
  ShareableBertyGroup(argument: _berty_messenger_v1_ShareableBertyGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ShareableBertyGroup_Reply>): grpc.ClientUnaryCall;
  ShareableBertyGroup(argument: _berty_messenger_v1_ShareableBertyGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ShareableBertyGroup_Reply>): grpc.ClientUnaryCall;
  ShareableBertyGroup(argument: _berty_messenger_v1_ShareableBertyGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ShareableBertyGroup_Reply>): grpc.ClientUnaryCall;
  ShareableBertyGroup(argument: _berty_messenger_v1_ShareableBertyGroup_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ShareableBertyGroup_Reply>): grpc.ClientUnaryCall;
  shareableBertyGroup(argument: _berty_messenger_v1_ShareableBertyGroup_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ShareableBertyGroup_Reply>): grpc.ClientUnaryCall;
  shareableBertyGroup(argument: _berty_messenger_v1_ShareableBertyGroup_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_ShareableBertyGroup_Reply>): grpc.ClientUnaryCall;
  shareableBertyGroup(argument: _berty_messenger_v1_ShareableBertyGroup_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_ShareableBertyGroup_Reply>): grpc.ClientUnaryCall;
  shareableBertyGroup(argument: _berty_messenger_v1_ShareableBertyGroup_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_ShareableBertyGroup_Reply>): grpc.ClientUnaryCall;
  
  SystemInfo(argument: _berty_messenger_v1_SystemInfo_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  SystemInfo(argument: _berty_messenger_v1_SystemInfo_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  SystemInfo(argument: _berty_messenger_v1_SystemInfo_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  SystemInfo(argument: _berty_messenger_v1_SystemInfo_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  systemInfo(argument: _berty_messenger_v1_SystemInfo_RequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  systemInfo(argument: _berty_messenger_v1_SystemInfo_RequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_berty_messenger_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  systemInfo(argument: _berty_messenger_v1_SystemInfo_RequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_berty_messenger_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  systemInfo(argument: _berty_messenger_v1_SystemInfo_RequestInput, callback: grpc.requestCallback<_berty_messenger_v1_SystemInfo_Reply>): grpc.ClientUnaryCall;
  
}

export interface MessengerServiceHandlers extends grpc.UntypedServiceImplementation {
  AuthServiceCompleteFlow: grpc.handleUnaryCall<_weshnet_protocol_v1_AuthServiceCompleteFlow_Request, _weshnet_protocol_v1_AuthServiceCompleteFlow_ReplyInput>;
  
  AuthServiceInitFlow: grpc.handleUnaryCall<_weshnet_protocol_v1_AuthServiceInitFlow_Request, _weshnet_protocol_v1_AuthServiceInitFlow_ReplyInput>;
  
  ConversationCreate: grpc.handleUnaryCall<_berty_messenger_v1_ConversationCreate_Request, _berty_messenger_v1_ConversationCreate_ReplyInput>;
  
  ConversationJoin: grpc.handleUnaryCall<_berty_messenger_v1_ConversationJoin_Request, _berty_messenger_v1_ConversationJoin_ReplyInput>;
  
  EchoTest: grpc.handleServerStreamingCall<_berty_messenger_v1_EchoTest_Request, _berty_messenger_v1_EchoTest_ReplyInput>;
  
  EventStream: grpc.handleServerStreamingCall<_berty_messenger_v1_EventStream_Request, _berty_messenger_v1_EventStream_ReplyInput>;
  
  Interact: grpc.handleUnaryCall<_berty_messenger_v1_Interact_Request, _berty_messenger_v1_Interact_ReplyInput>;
  
  MediaPrepare: grpc.handleClientStreamingCall<_berty_messenger_v1_MediaPrepare_Request, _berty_messenger_v1_MediaPrepare_ReplyInput>;
  
  MediaRetrieve: grpc.handleServerStreamingCall<_berty_messenger_v1_MediaRetrieve_Request, _berty_messenger_v1_MediaRetrieve_ReplyInput>;
  
  ParseDeepLink: grpc.handleUnaryCall<_berty_messenger_v1_ParseDeepLink_Request, _berty_messenger_v1_ParseDeepLink_ReplyInput>;
  
  ReplicationServiceRegisterGroup: grpc.handleUnaryCall<_berty_messenger_v1_ReplicationServiceRegisterGroup_Request, _berty_messenger_v1_ReplicationServiceRegisterGroup_ReplyInput>;
  
  ShareableBertyGroup: grpc.handleUnaryCall<_berty_messenger_v1_ShareableBertyGroup_Request, _berty_messenger_v1_ShareableBertyGroup_ReplyInput>;
  
  SystemInfo: grpc.handleUnaryCall<_berty_messenger_v1_SystemInfo_Request, _berty_messenger_v1_SystemInfo_ReplyInput>;
  
}

export interface MessengerServiceDefinition extends grpc.ServiceDefinition {
  AuthServiceCompleteFlow: MethodDefinition<_weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput, _weshnet_protocol_v1_AuthServiceCompleteFlow_ReplyInput, _weshnet_protocol_v1_AuthServiceCompleteFlow_Request, _weshnet_protocol_v1_AuthServiceCompleteFlow_Reply>
  AuthServiceInitFlow: MethodDefinition<_weshnet_protocol_v1_AuthServiceInitFlow_RequestInput, _weshnet_protocol_v1_AuthServiceInitFlow_ReplyInput, _weshnet_protocol_v1_AuthServiceInitFlow_Request, _weshnet_protocol_v1_AuthServiceInitFlow_Reply>
  ConversationCreate: MethodDefinition<_berty_messenger_v1_ConversationCreate_RequestInput, _berty_messenger_v1_ConversationCreate_ReplyInput, _berty_messenger_v1_ConversationCreate_Request, _berty_messenger_v1_ConversationCreate_Reply>
  ConversationJoin: MethodDefinition<_berty_messenger_v1_ConversationJoin_RequestInput, _berty_messenger_v1_ConversationJoin_ReplyInput, _berty_messenger_v1_ConversationJoin_Request, _berty_messenger_v1_ConversationJoin_Reply>
  EchoTest: MethodDefinition<_berty_messenger_v1_EchoTest_RequestInput, _berty_messenger_v1_EchoTest_ReplyInput, _berty_messenger_v1_EchoTest_Request, _berty_messenger_v1_EchoTest_Reply>
  EventStream: MethodDefinition<_berty_messenger_v1_EventStream_RequestInput, _berty_messenger_v1_EventStream_ReplyInput, _berty_messenger_v1_EventStream_Request, _berty_messenger_v1_EventStream_Reply>
  Interact: MethodDefinition<_berty_messenger_v1_Interact_RequestInput, _berty_messenger_v1_Interact_ReplyInput, _berty_messenger_v1_Interact_Request, _berty_messenger_v1_Interact_Reply>
  MediaPrepare: MethodDefinition<_berty_messenger_v1_MediaPrepare_RequestInput, _berty_messenger_v1_MediaPrepare_ReplyInput, _berty_messenger_v1_MediaPrepare_Request, _berty_messenger_v1_MediaPrepare_Reply>
  MediaRetrieve: MethodDefinition<_berty_messenger_v1_MediaRetrieve_RequestInput, _berty_messenger_v1_MediaRetrieve_ReplyInput, _berty_messenger_v1_MediaRetrieve_Request, _berty_messenger_v1_MediaRetrieve_Reply>
  ParseDeepLink: MethodDefinition<_berty_messenger_v1_ParseDeepLink_RequestInput, _berty_messenger_v1_ParseDeepLink_ReplyInput, _berty_messenger_v1_ParseDeepLink_Request, _berty_messenger_v1_ParseDeepLink_Reply>
  ReplicationServiceRegisterGroup: MethodDefinition<_berty_messenger_v1_ReplicationServiceRegisterGroup_RequestInput, _berty_messenger_v1_ReplicationServiceRegisterGroup_ReplyInput, _berty_messenger_v1_ReplicationServiceRegisterGroup_Request, _berty_messenger_v1_ReplicationServiceRegisterGroup_Reply>
  ShareableBertyGroup: MethodDefinition<_berty_messenger_v1_ShareableBertyGroup_RequestInput, _berty_messenger_v1_ShareableBertyGroup_ReplyInput, _berty_messenger_v1_ShareableBertyGroup_Request, _berty_messenger_v1_ShareableBertyGroup_Reply>
  SystemInfo: MethodDefinition<_berty_messenger_v1_SystemInfo_RequestInput, _berty_messenger_v1_SystemInfo_ReplyInput, _berty_messenger_v1_SystemInfo_Request, _berty_messenger_v1_SystemInfo_Reply>
}
