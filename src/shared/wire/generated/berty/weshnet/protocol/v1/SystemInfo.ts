// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { Long } from '@grpc/proto-loader';

export interface _weshnet_protocol_v1_SystemInfo_P2PInput {
  'connected_peers'?: (number | string | Long);
}

export interface _weshnet_protocol_v1_SystemInfo_P2P {
  'connected_peers'?: (string);
}

export interface _weshnet_protocol_v1_SystemInfo_ProcessInput {
  'version'?: (string);
  'vcs_ref'?: (string);
  'uptime_ms'?: (number | string | Long);
  'user_cpu_time_ms'?: (number | string | Long);
  'system_cpu_time_ms'?: (number | string | Long);
  'started_at'?: (number | string | Long);
  'num_goroutine'?: (number | string | Long);
  'pid'?: (number | string | Long);
}

export interface _weshnet_protocol_v1_SystemInfo_Process {
  'version'?: (string);
  'vcs_ref'?: (string);
  'uptime_ms'?: (string);
  'user_cpu_time_ms'?: (string);
  'system_cpu_time_ms'?: (string);
  'started_at'?: (string);
  'num_goroutine'?: (string);
  'pid'?: (string);
}

export interface _weshnet_protocol_v1_SystemInfo_ReplyInput {
  'process'?: (_weshnet_protocol_v1_SystemInfo_ProcessInput | null);
  'p2p'?: (_weshnet_protocol_v1_SystemInfo_P2PInput | null);
  'warns'?: (string)[];
}

export interface _weshnet_protocol_v1_SystemInfo_Reply {
  'process'?: (_weshnet_protocol_v1_SystemInfo_Process);
  'p2p'?: (_weshnet_protocol_v1_SystemInfo_P2P);
  'warns'?: (string)[];
}

export interface _weshnet_protocol_v1_SystemInfo_RequestInput {
}

export interface _weshnet_protocol_v1_SystemInfo_Request {
}

export interface SystemInfoInput {
}

export interface SystemInfo {
}
