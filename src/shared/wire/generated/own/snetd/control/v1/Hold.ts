// Original file: proto/snetd/control/v1/control.proto


export interface HoldInput {
  'by'?: (string);
  'since'?: (string);
  'lease_left_seconds'?: (number | string);
  '_lease_left_seconds'?: "lease_left_seconds";
}

export interface Hold {
  'by'?: (string);
  'since'?: (string);
  'lease_left_seconds'?: (number);
  '_lease_left_seconds'?: "lease_left_seconds";
}
