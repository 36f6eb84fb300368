// Original file: proto/snetd/control/v1/control.proto

import type { Long } from '@grpc/proto-loader';

export interface ImportedRecordsInput {
  'record'?: (string);
  'read'?: (number | string | Long);
  'added'?: (number | string | Long);
  'raised'?: (number | string | Long);
}

export interface ImportedRecords {
  'record'?: (string);
  'read'?: (string);
  'added'?: (string);
  'raised'?: (string);
}
