// Original file: proto/daemon/legacy.proto


export interface AddReplicationRequestInput {
  'groupName'?: (string);
  'tokenIp'?: (string);
}

export interface AddReplicationRequest {
  'groupName'?: (string);
  'tokenIp'?: (string);
}
