// Original file: proto/daemon/legacy.proto


export interface TestConnectionRequestInput {
  'message'?: (string);
}

export interface TestConnectionRequest {
  'message'?: (string);
}
