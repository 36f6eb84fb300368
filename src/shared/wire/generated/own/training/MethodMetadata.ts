// Original file: proto/training/training_daemon.proto

import type { Long } from '@grpc/proto-loader';

export interface MethodMetadataInput {
  'default_model_id'?: (string);
  'max_models_per_user'?: (number | string | Long);
  'dataset_max_size_mb'?: (number | string | Long);
  'dataset_max_count_files'?: (number | string | Long);
  'dataset_max_size_single_file_mb'?: (number | string | Long);
  'dataset_files_type'?: (string);
  'dataset_type'?: (string);
  'dataset_description'?: (string);
}

export interface MethodMetadata {
  'default_model_id'?: (string);
  'max_models_per_user'?: (string);
  'dataset_max_size_mb'?: (string);
  'dataset_max_count_files'?: (string);
  'dataset_max_size_single_file_mb'?: (string);
  'dataset_files_type'?: (string);
  'dataset_type'?: (string);
  'dataset_description'?: (string);
}
