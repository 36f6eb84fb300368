// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface ErrorDetailsInput {
  'codes'?: (number)[];
}

export interface ErrorDetails {
  'codes'?: (number)[];
}
