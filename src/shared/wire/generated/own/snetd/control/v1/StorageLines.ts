// Original file: proto/snetd/control/v1/control.proto


export interface StorageLinesInput {
  'lines'?: (string)[];
}

export interface StorageLines {
  'lines'?: (string)[];
}
