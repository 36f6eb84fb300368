// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_GroupDeviceStatus_ReplyInput {
  'type'?: (_weshnet_protocol_v1_GroupDeviceStatus_TypeInput);
  'event'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_GroupDeviceStatus_Reply {
  'type'?: (_weshnet_protocol_v1_GroupDeviceStatus_Type);
  'event'?: (Buffer);
}

export interface _weshnet_protocol_v1_GroupDeviceStatus_RequestInput {
  'group_pk'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_GroupDeviceStatus_Request {
  'group_pk'?: (Buffer);
}

// Original file: proto/weshnet/protocol/v1/protocol.proto

export const _weshnet_protocol_v1_GroupDeviceStatus_Transport = {
  TptUnknown: 0,
  TptLAN: 1,
  TptWAN: 2,
  TptProximity: 3,
} as const;

export type _weshnet_protocol_v1_GroupDeviceStatus_TransportInput =
  | 'TptUnknown'
  | 0
  | 'TptLAN'
  | 1
  | 'TptWAN'
  | 2
  | 'TptProximity'
  | 3

export type _weshnet_protocol_v1_GroupDeviceStatus_Transport = typeof _weshnet_protocol_v1_GroupDeviceStatus_Transport[keyof typeof _weshnet_protocol_v1_GroupDeviceStatus_Transport]

// Original file: proto/weshnet/protocol/v1/protocol.proto

export const _weshnet_protocol_v1_GroupDeviceStatus_Type = {
  TypeUnknown: 0,
  TypePeerDisconnected: 1,
  TypePeerConnected: 2,
  TypePeerReconnecting: 3,
} as const;

export type _weshnet_protocol_v1_GroupDeviceStatus_TypeInput =
  | 'TypeUnknown'
  | 0
  | 'TypePeerDisconnected'
  | 1
  | 'TypePeerConnected'
  | 2
  | 'TypePeerReconnecting'
  | 3

export type _weshnet_protocol_v1_GroupDeviceStatus_Type = typeof _weshnet_protocol_v1_GroupDeviceStatus_Type[keyof typeof _weshnet_protocol_v1_GroupDeviceStatus_Type]

export interface GroupDeviceStatusInput {
}

export interface GroupDeviceStatus {
}
