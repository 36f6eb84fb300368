// Original file: proto/snetd/infra/v1/infra.proto


export interface ConnectPeerRequestInput {
  'host'?: (string);
  'port'?: (string);
}

export interface ConnectPeerRequest {
  'host'?: (string);
  'port'?: (string);
}
