// Original file: proto/snetd/infra/v1/infra.proto


export interface ResetRequestInput {
  'leave_groups'?: (boolean);
}

export interface ResetRequest {
  'leave_groups'?: (boolean);
}
