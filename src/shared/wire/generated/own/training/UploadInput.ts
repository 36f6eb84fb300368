// Original file: proto/training/training.proto

import type { Long } from '@grpc/proto-loader';

export interface UploadInputInput {
  'model_id'?: (string);
  'data'?: (Buffer | Uint8Array | string);
  'file_name'?: (string);
  'file_size'?: (number | string | Long);
  'batch_size'?: (number | string | Long);
  'batch_number'?: (number | string | Long);
  'batch_count'?: (number | string | Long);
}

export interface UploadInput {
  'model_id'?: (string);
  'data'?: (Buffer);
  'file_name'?: (string);
  'file_size'?: (string);
  'batch_size'?: (string);
  'batch_number'?: (string);
  'batch_count'?: (string);
}
