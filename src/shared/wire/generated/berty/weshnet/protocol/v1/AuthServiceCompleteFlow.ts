// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface _weshnet_protocol_v1_AuthServiceCompleteFlow_ReplyInput {
  'token_id'?: (string);
}

export interface _weshnet_protocol_v1_AuthServiceCompleteFlow_Reply {
  'token_id'?: (string);
}

export interface _weshnet_protocol_v1_AuthServiceCompleteFlow_RequestInput {
  'callback_url'?: (string);
}

export interface _weshnet_protocol_v1_AuthServiceCompleteFlow_Request {
  'callback_url'?: (string);
}

export interface AuthServiceCompleteFlowInput {
}

export interface AuthServiceCompleteFlow {
}
