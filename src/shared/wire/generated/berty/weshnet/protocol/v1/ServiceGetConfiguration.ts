// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_ServiceGetConfiguration_ReplyInput {
  'account_pk'?: (Buffer | Uint8Array | string);
  'device_pk'?: (Buffer | Uint8Array | string);
  'account_group_pk'?: (Buffer | Uint8Array | string);
  'peer_id'?: (string);
  'listeners'?: (string)[];
  'ble_enabled'?: (_weshnet_protocol_v1_ServiceGetConfiguration_SettingStateInput);
  'wifi_p2p_enabled'?: (_weshnet_protocol_v1_ServiceGetConfiguration_SettingStateInput);
  'mdns_enabled'?: (_weshnet_protocol_v1_ServiceGetConfiguration_SettingStateInput);
  'relay_enabled'?: (_weshnet_protocol_v1_ServiceGetConfiguration_SettingStateInput);
}

export interface _weshnet_protocol_v1_ServiceGetConfiguration_Reply {
  'account_pk'?: (Buffer);
  'device_pk'?: (Buffer);
  'account_group_pk'?: (Buffer);
  'peer_id'?: (string);
  'listeners'?: (string)[];
  'ble_enabled'?: (_weshnet_protocol_v1_ServiceGetConfiguration_SettingState);
  'wifi_p2p_enabled'?: (_weshnet_protocol_v1_ServiceGetConfiguration_SettingState);
  'mdns_enabled'?: (_weshnet_protocol_v1_ServiceGetConfiguration_SettingState);
  'relay_enabled'?: (_weshnet_protocol_v1_ServiceGetConfiguration_SettingState);
}

export interface _weshnet_protocol_v1_ServiceGetConfiguration_RequestInput {
}

export interface _weshnet_protocol_v1_ServiceGetConfiguration_Request {
}

// Original file: proto/weshnet/protocol/v1/protocol.proto

export const _weshnet_protocol_v1_ServiceGetConfiguration_SettingState = {
  Unknown: 0,
  Enabled: 1,
  Disabled: 2,
  Unavailable: 3,
} as const;

export type _weshnet_protocol_v1_ServiceGetConfiguration_SettingStateInput =
  | 'Unknown'
  | 0
  | 'Enabled'
  | 1
  | 'Disabled'
  | 2
  | 'Unavailable'
  | 3

export type _weshnet_protocol_v1_ServiceGetConfiguration_SettingState = typeof _weshnet_protocol_v1_ServiceGetConfiguration_SettingState[keyof typeof _weshnet_protocol_v1_ServiceGetConfiguration_SettingState]

export interface ServiceGetConfigurationInput {
}

export interface ServiceGetConfiguration {
}
