// Original file: proto/daemon/legacy.proto


export interface ConnectToPeerRequestInput {
  'host'?: (string);
  'port'?: (string);
}

export interface ConnectToPeerRequest {
  'host'?: (string);
  'port'?: (string);
}
