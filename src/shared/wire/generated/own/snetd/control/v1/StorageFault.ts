// Original file: proto/snetd/control/v1/control.proto


export interface StorageFaultInput {
  'record'?: (string);
  'key'?: (string);
  'fault'?: (string);
  'cure'?: (string);
  'kept'?: (boolean);
}

export interface StorageFault {
  'record'?: (string);
  'key'?: (string);
  'fault'?: (string);
  'cure'?: (string);
  'kept'?: (boolean);
}
