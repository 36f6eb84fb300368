// Original file: proto/daemon/legacy.proto


export interface GroupRequestInput {
  'groupName'?: (string);
}

export interface GroupRequest {
  'groupName'?: (string);
}
