// Original file: proto/snetd/control/v1/control.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CheckStorageRequestInput as _snetd_control_v1_CheckStorageRequestInput, CheckStorageRequest as _snetd_control_v1_CheckStorageRequest } from '../../../snetd/control/v1/CheckStorageRequest.js';
import type { ExportStorageRequestInput as _snetd_control_v1_ExportStorageRequestInput, ExportStorageRequest as _snetd_control_v1_ExportStorageRequest } from '../../../snetd/control/v1/ExportStorageRequest.js';
import type { FreeCallUserEntryInput as _snetd_control_v1_FreeCallUserEntryInput, FreeCallUserEntry as _snetd_control_v1_FreeCallUserEntry } from '../../../snetd/control/v1/FreeCallUserEntry.js';
import type { FreeCallUserReplyInput as _snetd_control_v1_FreeCallUserReplyInput, FreeCallUserReply as _snetd_control_v1_FreeCallUserReply } from '../../../snetd/control/v1/FreeCallUserReply.js';
import type { FreeCallUserRequestInput as _snetd_control_v1_FreeCallUserRequestInput, FreeCallUserRequest as _snetd_control_v1_FreeCallUserRequest } from '../../../snetd/control/v1/FreeCallUserRequest.js';
import type { GetStatusRequestInput as _snetd_control_v1_GetStatusRequestInput, GetStatusRequest as _snetd_control_v1_GetStatusRequest } from '../../../snetd/control/v1/GetStatusRequest.js';
import type { ImportStorageReplyInput as _snetd_control_v1_ImportStorageReplyInput, ImportStorageReply as _snetd_control_v1_ImportStorageReply } from '../../../snetd/control/v1/ImportStorageReply.js';
import type { ImportStorageRequestInput as _snetd_control_v1_ImportStorageRequestInput, ImportStorageRequest as _snetd_control_v1_ImportStorageRequest } from '../../../snetd/control/v1/ImportStorageRequest.js';
import type { KeptChannelsInput as _snetd_control_v1_KeptChannelsInput, KeptChannels as _snetd_control_v1_KeptChannels } from '../../../snetd/control/v1/KeptChannels.js';
import type { KeptClaimsInput as _snetd_control_v1_KeptClaimsInput, KeptClaims as _snetd_control_v1_KeptClaims } from '../../../snetd/control/v1/KeptClaims.js';
import type { ListChannelsRequestInput as _snetd_control_v1_ListChannelsRequestInput, ListChannelsRequest as _snetd_control_v1_ListChannelsRequest } from '../../../snetd/control/v1/ListChannelsRequest.js';
import type { ListClaimsRequestInput as _snetd_control_v1_ListClaimsRequestInput, ListClaimsRequest as _snetd_control_v1_ListClaimsRequest } from '../../../snetd/control/v1/ListClaimsRequest.js';
import type { ListFreeCallUsersRequestInput as _snetd_control_v1_ListFreeCallUsersRequestInput, ListFreeCallUsersRequest as _snetd_control_v1_ListFreeCallUsersRequest } from '../../../snetd/control/v1/ListFreeCallUsersRequest.js';
import type { StatusInput as _snetd_control_v1_StatusInput, Status as _snetd_control_v1_Status } from '../../../snetd/control/v1/Status.js';
import type { StorageFaultsInput as _snetd_control_v1_StorageFaultsInput, StorageFaults as _snetd_control_v1_StorageFaults } from '../../../snetd/control/v1/StorageFaults.js';
import type { StorageLinesInput as _snetd_control_v1_StorageLinesInput, StorageLines as _snetd_control_v1_StorageLines } from '../../../snetd/control/v1/StorageLines.js';
import type { UnlockChannelReplyInput as _snetd_control_v1_UnlockChannelReplyInput, UnlockChannelReply as _snetd_control_v1_UnlockChannelReply } from '../../../snetd/control/v1/UnlockChannelReply.js';
import type { UnlockChannelRequestInput as _snetd_control_v1_UnlockChannelRequestInput, UnlockChannelRequest as _snetd_control_v1_UnlockChannelRequest } from '../../../snetd/control/v1/UnlockChannelRequest.js';

export interface ControlClient extends grpc.Client {
  CheckStorage(argument: _snetd_control_v1_CheckStorageRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_StorageFaults>;
  CheckStorage(argument: _snetd_control_v1_CheckStorageRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_StorageFaults>;
  checkStorage(argument: _snetd_control_v1_CheckStorageRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_StorageFaults>;
  checkStorage(argument: _snetd_control_v1_CheckStorageRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_StorageFaults>;
  
  ExportStorage(argument: _snetd_control_v1_ExportStorageRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_StorageLines>;
  ExportStorage(argument: _snetd_control_v1_ExportStorageRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_StorageLines>;
  exportStorage(argument: _snetd_control_v1_ExportStorageRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_StorageLines>;
  exportStorage(argument: _snetd_control_v1_ExportStorageRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_StorageLines>;
  
  GetStatus(argument: _snetd_control_v1_GetStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  GetStatus(argument: _snetd_control_v1_GetStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  GetStatus(argument: _snetd_control_v1_GetStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  GetStatus(argument: _snetd_control_v1_GetStatusRequestInput, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  getStatus(argument: _snetd_control_v1_GetStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  getStatus(argument: _snetd_control_v1_GetStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  getStatus(argument: _snetd_control_v1_GetStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  getStatus(argument: _snetd_control_v1_GetStatusRequestInput, callback: grpc.requestCallback<_snetd_control_v1_Status>): grpc.ClientUnaryCall;
  
  ImportStorage(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_ImportStorageReply>): grpc.ClientWritableStream<_snetd_control_v1_ImportStorageRequestInput>;
  ImportStorage(metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_ImportStorageReply>): grpc.ClientWritableStream<_snetd_control_v1_ImportStorageRequestInput>;
  ImportStorage(options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_ImportStorageReply>): grpc.ClientWritableStream<_snetd_control_v1_ImportStorageRequestInput>;
  ImportStorage(callback: grpc.requestCallback<_snetd_control_v1_ImportStorageReply>): grpc.ClientWritableStream<_snetd_control_v1_ImportStorageRequestInput>;
  importStorage(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_ImportStorageReply>): grpc.ClientWritableStream<_snetd_control_v1_ImportStorageRequestInput>;
  importStorage(metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_ImportStorageReply>): grpc.ClientWritableStream<_snetd_control_v1_ImportStorageRequestInput>;
  importStorage(options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_ImportStorageReply>): grpc.ClientWritableStream<_snetd_control_v1_ImportStorageRequestInput>;
  importStorage(callback: grpc.requestCallback<_snetd_control_v1_ImportStorageReply>): grpc.ClientWritableStream<_snetd_control_v1_ImportStorageRequestInput>;
  
  ListChannels(argument: _snetd_control_v1_ListChannelsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_KeptChannels>): grpc.ClientUnaryCall;
  ListChannels(argument: _snetd_control_v1_ListChannelsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_KeptChannels>): grpc.ClientUnaryCall;
  ListChannels(argument: _snetd_control_v1_ListChannelsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_KeptChannels>): grpc.ClientUnaryCall;
  ListChannels(argument: _snetd_control_v1_ListChannelsRequestInput, callback: grpc.requestCallback<_snetd_control_v1_KeptChannels>): grpc.ClientUnaryCall;
  listChannels(argument: _snetd_control_v1_ListChannelsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_KeptChannels>): grpc.ClientUnaryCall;
  listChannels(argument: _snetd_control_v1_ListChannelsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_KeptChannels>): grpc.ClientUnaryCall;
  listChannels(argument: _snetd_control_v1_ListChannelsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_KeptChannels>): grpc.ClientUnaryCall;
  listChannels(argument: _snetd_control_v1_ListChannelsRequestInput, callback: grpc.requestCallback<_snetd_control_v1_KeptChannels>): grpc.ClientUnaryCall;
  
  ListClaims(argument: _snetd_control_v1_ListClaimsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_KeptClaims>): grpc.ClientUnaryCall;
  ListClaims(argument: _snetd_control_v1_ListClaimsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_KeptClaims>): grpc.ClientUnaryCall;
  ListClaims(argument: _snetd_control_v1_ListClaimsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_KeptClaims>): grpc.ClientUnaryCall;
  ListClaims(argument: _snetd_control_v1_ListClaimsRequestInput, callback: grpc.requestCallback<_snetd_control_v1_KeptClaims>): grpc.ClientUnaryCall;
  listClaims(argument: _snetd_control_v1_ListClaimsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_KeptClaims>): grpc.ClientUnaryCall;
  listClaims(argument: _snetd_control_v1_ListClaimsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_KeptClaims>): grpc.ClientUnaryCall;
  listClaims(argument: _snetd_control_v1_ListClaimsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_KeptClaims>): grpc.ClientUnaryCall;
  listClaims(argument: _snetd_control_v1_ListClaimsRequestInput, callback: grpc.requestCallback<_snetd_control_v1_KeptClaims>): grpc.ClientUnaryCall;
  
  ListFreeCallUsers(argument: _snetd_control_v1_ListFreeCallUsersRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_FreeCallUserEntry>;
  ListFreeCallUsers(argument: _snetd_control_v1_ListFreeCallUsersRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_FreeCallUserEntry>;
  listFreeCallUsers(argument: _snetd_control_v1_ListFreeCallUsersRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_FreeCallUserEntry>;
  listFreeCallUsers(argument: _snetd_control_v1_ListFreeCallUsersRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_snetd_control_v1_FreeCallUserEntry>;
  
  ResetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  ResetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  ResetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  ResetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  resetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  resetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  resetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  resetFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  
  UnlockChannel(argument: _snetd_control_v1_UnlockChannelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_UnlockChannelReply>): grpc.ClientUnaryCall;
  UnlockChannel(argument: _snetd_control_v1_UnlockChannelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_UnlockChannelReply>): grpc.ClientUnaryCall;
  UnlockChannel(argument: _snetd_control_v1_UnlockChannelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_UnlockChannelReply>): grpc.ClientUnaryCall;
  UnlockChannel(argument: _snetd_control_v1_UnlockChannelRequestInput, callback: grpc.requestCallback<_snetd_control_v1_UnlockChannelReply>): grpc.ClientUnaryCall;
  unlockChannel(argument: _snetd_control_v1_UnlockChannelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_UnlockChannelReply>): grpc.ClientUnaryCall;
  unlockChannel(argument: _snetd_control_v1_UnlockChannelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_UnlockChannelReply>): grpc.ClientUnaryCall;
  unlockChannel(argument: _snetd_control_v1_UnlockChannelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_UnlockChannelReply>): grpc.ClientUnaryCall;
  unlockChannel(argument: _snetd_control_v1_UnlockChannelRequestInput, callback: grpc.requestCallback<_snetd_control_v1_UnlockChannelReply>): grpc.ClientUnaryCall;
  
  UnlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  UnlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  UnlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  UnlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  unlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  unlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  unlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  unlockFreeCallUser(argument: _snetd_control_v1_FreeCallUserRequestInput, callback: grpc.requestCallback<_snetd_control_v1_FreeCallUserReply>): grpc.ClientUnaryCall;
  
}

export interface ControlHandlers extends grpc.UntypedServiceImplementation {
  CheckStorage: grpc.handleServerStreamingCall<_snetd_control_v1_CheckStorageRequest, _snetd_control_v1_StorageFaultsInput>;
  
  ExportStorage: grpc.handleServerStreamingCall<_snetd_control_v1_ExportStorageRequest, _snetd_control_v1_StorageLinesInput>;
  
  GetStatus: grpc.handleUnaryCall<_snetd_control_v1_GetStatusRequest, _snetd_control_v1_StatusInput>;
  
  ImportStorage: grpc.handleClientStreamingCall<_snetd_control_v1_ImportStorageRequest, _snetd_control_v1_ImportStorageReplyInput>;
  
  ListChannels: grpc.handleUnaryCall<_snetd_control_v1_ListChannelsRequest, _snetd_control_v1_KeptChannelsInput>;
  
  ListClaims: grpc.handleUnaryCall<_snetd_control_v1_ListClaimsRequest, _snetd_control_v1_KeptClaimsInput>;
  
  ListFreeCallUsers: grpc.handleServerStreamingCall<_snetd_control_v1_ListFreeCallUsersRequest, _snetd_control_v1_FreeCallUserEntryInput>;
  
  ResetFreeCallUser: grpc.handleUnaryCall<_snetd_control_v1_FreeCallUserRequest, _snetd_control_v1_FreeCallUserReplyInput>;
  
  UnlockChannel: grpc.handleUnaryCall<_snetd_control_v1_UnlockChannelRequest, _snetd_control_v1_UnlockChannelReplyInput>;
  
  UnlockFreeCallUser: grpc.handleUnaryCall<_snetd_control_v1_FreeCallUserRequest, _snetd_control_v1_FreeCallUserReplyInput>;
  
}

export interface ControlDefinition extends grpc.ServiceDefinition {
  CheckStorage: MethodDefinition<_snetd_control_v1_CheckStorageRequestInput, _snetd_control_v1_StorageFaultsInput, _snetd_control_v1_CheckStorageRequest, _snetd_control_v1_StorageFaults>
  ExportStorage: MethodDefinition<_snetd_control_v1_ExportStorageRequestInput, _snetd_control_v1_StorageLinesInput, _snetd_control_v1_ExportStorageRequest, _snetd_control_v1_StorageLines>
  GetStatus: MethodDefinition<_snetd_control_v1_GetStatusRequestInput, _snetd_control_v1_StatusInput, _snetd_control_v1_GetStatusRequest, _snetd_control_v1_Status>
  ImportStorage: MethodDefinition<_snetd_control_v1_ImportStorageRequestInput, _snetd_control_v1_ImportStorageReplyInput, _snetd_control_v1_ImportStorageRequest, _snetd_control_v1_ImportStorageReply>
  ListChannels: MethodDefinition<_snetd_control_v1_ListChannelsRequestInput, _snetd_control_v1_KeptChannelsInput, _snetd_control_v1_ListChannelsRequest, _snetd_control_v1_KeptChannels>
  ListClaims: MethodDefinition<_snetd_control_v1_ListClaimsRequestInput, _snetd_control_v1_KeptClaimsInput, _snetd_control_v1_ListClaimsRequest, _snetd_control_v1_KeptClaims>
  ListFreeCallUsers: MethodDefinition<_snetd_control_v1_ListFreeCallUsersRequestInput, _snetd_control_v1_FreeCallUserEntryInput, _snetd_control_v1_ListFreeCallUsersRequest, _snetd_control_v1_FreeCallUserEntry>
  ResetFreeCallUser: MethodDefinition<_snetd_control_v1_FreeCallUserRequestInput, _snetd_control_v1_FreeCallUserReplyInput, _snetd_control_v1_FreeCallUserRequest, _snetd_control_v1_FreeCallUserReply>
  UnlockChannel: MethodDefinition<_snetd_control_v1_UnlockChannelRequestInput, _snetd_control_v1_UnlockChannelReplyInput, _snetd_control_v1_UnlockChannelRequest, _snetd_control_v1_UnlockChannelReply>
  UnlockFreeCallUser: MethodDefinition<_snetd_control_v1_FreeCallUserRequestInput, _snetd_control_v1_FreeCallUserReplyInput, _snetd_control_v1_FreeCallUserRequest, _snetd_control_v1_FreeCallUserReply>
}
