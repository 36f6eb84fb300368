// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_AuthServiceInitFlow_ReplyInput {
  'url'?: (string);
  'secure_url'?: (boolean);
}

export interface _weshnet_protocol_v1_AuthServiceInitFlow_Reply {
  'url'?: (string);
  'secure_url'?: (boolean);
}

export interface _weshnet_protocol_v1_AuthServiceInitFlow_RequestInput {
  'auth_url'?: (string);
  'services'?: (string)[];
}

export interface _weshnet_protocol_v1_AuthServiceInitFlow_Request {
  'auth_url'?: (string);
  'services'?: (string)[];
}

export interface AuthServiceInitFlowInput {
}

export interface AuthServiceInitFlow {
}
