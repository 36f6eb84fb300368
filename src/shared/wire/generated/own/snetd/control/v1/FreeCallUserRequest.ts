// Original file: proto/snetd/control/v1/control.proto


export interface FreeCallUserRequestInput {
  'address'?: (string);
  'user_id'?: (string);
  'force'?: (boolean);
}

export interface FreeCallUserRequest {
  'address'?: (string);
  'user_id'?: (string);
  'force'?: (boolean);
}
