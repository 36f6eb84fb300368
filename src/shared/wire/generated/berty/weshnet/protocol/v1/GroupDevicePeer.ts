// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { _weshnet_protocol_v1_GroupDeviceStatus_TransportInput, _weshnet_protocol_v1_GroupDeviceStatus_Transport } from '../../../weshnet/protocol/v1/GroupDeviceStatus.js';

export interface GroupDevicePeerInput {
  'peer_id'?: (string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'transports'?: (_weshnet_protocol_v1_GroupDeviceStatus_TransportInput)[];
  'maddrs'?: (string)[];
}

export interface GroupDevicePeer {
  'peer_id'?: (string);
  'device_pk'?: (Buffer);
  'transports'?: (_weshnet_protocol_v1_GroupDeviceStatus_Transport)[];
  'maddrs'?: (string)[];
}
