// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { Long } from '@grpc/proto-loader';

// Original file: proto/weshnet/protocol/v1/protocol.proto

export const _weshnet_protocol_v1_PeerList_Direction = {
  UnknownDir: 0,
  InboundDir: 1,
  OutboundDir: 2,
  BiDir: 3,
} as const;

export type _weshnet_protocol_v1_PeerList_DirectionInput =
  | 'UnknownDir'
  | 0
  | 'InboundDir'
  | 1
  | 'OutboundDir'
  | 2
  | 'BiDir'
  | 3

export type _weshnet_protocol_v1_PeerList_Direction = typeof _weshnet_protocol_v1_PeerList_Direction[keyof typeof _weshnet_protocol_v1_PeerList_Direction]

export interface _weshnet_protocol_v1_PeerList_PeerInput {
  'id'?: (string);
  'routes'?: (_weshnet_protocol_v1_PeerList_RouteInput)[];
  'errors'?: (string)[];
  'min_latency'?: (number | string | Long);
  'is_active'?: (boolean);
  'direction'?: (_weshnet_protocol_v1_PeerList_DirectionInput);
}

export interface _weshnet_protocol_v1_PeerList_Peer {
  'id'?: (string);
  'routes'?: (_weshnet_protocol_v1_PeerList_Route)[];
  'errors'?: (string)[];
  'min_latency'?: (string);
  'is_active'?: (boolean);
  'direction'?: (_weshnet_protocol_v1_PeerList_Direction);
}

export interface _weshnet_protocol_v1_PeerList_ReplyInput {
  'peers'?: (_weshnet_protocol_v1_PeerList_PeerInput)[];
}

export interface _weshnet_protocol_v1_PeerList_Reply {
  'peers'?: (_weshnet_protocol_v1_PeerList_Peer)[];
}

export interface _weshnet_protocol_v1_PeerList_RequestInput {
}

export interface _weshnet_protocol_v1_PeerList_Request {
}

export interface _weshnet_protocol_v1_PeerList_RouteInput {
  'is_active'?: (boolean);
  'address'?: (string);
  'direction'?: (_weshnet_protocol_v1_PeerList_DirectionInput);
  'latency'?: (number | string | Long);
}

export interface _weshnet_protocol_v1_PeerList_Route {
  'is_active'?: (boolean);
  'address'?: (string);
  'direction'?: (_weshnet_protocol_v1_PeerList_Direction);
  'latency'?: (string);
}

export interface PeerListInput {
}

export interface PeerList {
}
