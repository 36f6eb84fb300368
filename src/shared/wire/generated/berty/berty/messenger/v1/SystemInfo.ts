// Original file: proto/berty/messenger/v1/messenger.proto

import type { _weshnet_protocol_v1_SystemInfo_ProcessInput, _weshnet_protocol_v1_SystemInfo_Process } from '../../../weshnet/protocol/v1/SystemInfo.js';
import type { _weshnet_protocol_v1_SystemInfo_ReplyInput, _weshnet_protocol_v1_SystemInfo_Reply } from '../../../weshnet/protocol/v1/SystemInfo.js';

export interface _berty_messenger_v1_SystemInfo_MessengerInput {
  'process'?: (_weshnet_protocol_v1_SystemInfo_ProcessInput | null);
  'warns'?: (string)[];
  'protocol_in_same_process'?: (boolean);
}

export interface _berty_messenger_v1_SystemInfo_Messenger {
  'process'?: (_weshnet_protocol_v1_SystemInfo_Process);
  'warns'?: (string)[];
  'protocol_in_same_process'?: (boolean);
}

export interface _berty_messenger_v1_SystemInfo_ReplyInput {
  'protocol'?: (_weshnet_protocol_v1_SystemInfo_ReplyInput | null);
  'messenger'?: (_berty_messenger_v1_SystemInfo_MessengerInput | null);
}

export interface _berty_messenger_v1_SystemInfo_Reply {
  'protocol'?: (_weshnet_protocol_v1_SystemInfo_Reply);
  'messenger'?: (_berty_messenger_v1_SystemInfo_Messenger);
}

export interface _berty_messenger_v1_SystemInfo_RequestInput {
}

export interface _berty_messenger_v1_SystemInfo_Request {
}

export interface SystemInfoInput {
}

export interface SystemInfo {
}
