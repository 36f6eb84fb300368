// Original file: proto/snetd/control/v1/control.proto


export interface PartInput {
  'name'?: (string);
  'ok'?: (boolean);
  'reason'?: (string);
}

export interface Part {
  'name'?: (string);
  'ok'?: (boolean);
  'reason'?: (string);
}
