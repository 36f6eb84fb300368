// Original file: proto/weshnet/protocol/v1/protocol.proto


export interface GroupReplicatingInput {
  'device_pk'?: (Buffer | Uint8Array | string);
  'authentication_url'?: (string);
  'replication_server'?: (string);
}

export interface GroupReplicating {
  'device_pk'?: (Buffer);
  'authentication_url'?: (string);
  'replication_server'?: (string);
}
