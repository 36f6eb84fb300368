// Original file: proto/snetd/control/v1/control.proto


export interface EthereumNodeInput {
  'node'?: (string);
  'used'?: (boolean);
  'fault'?: (string);
}

export interface EthereumNode {
  'node'?: (string);
  'used'?: (boolean);
  'fault'?: (string);
}
