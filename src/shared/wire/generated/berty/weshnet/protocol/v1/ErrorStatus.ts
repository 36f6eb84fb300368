// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_ErrorStatus_DetailInput {
  'type_url'?: (string);
  'value'?: (Buffer | Uint8Array | string);
}

export interface _weshnet_protocol_v1_ErrorStatus_Detail {
  'type_url'?: (string);
  'value'?: (Buffer);
}

export interface ErrorStatusInput {
  'code'?: (number);
  'message'?: (string);
  'details'?: (_weshnet_protocol_v1_ErrorStatus_DetailInput)[];
}

export interface ErrorStatus {
  'code'?: (number);
  'message'?: (string);
  'details'?: (_weshnet_protocol_v1_ErrorStatus_Detail)[];
}
