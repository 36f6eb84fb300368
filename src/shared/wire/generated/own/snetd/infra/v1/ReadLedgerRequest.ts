// Original file: proto/snetd/infra/v1/infra.proto


export interface ReadLedgerRequestInput {
  'run_id'?: (string);
}

export interface ReadLedgerRequest {
  'run_id'?: (string);
}
