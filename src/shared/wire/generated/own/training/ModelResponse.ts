// Original file: proto/training/training.proto

import type { StatusInput as _training_StatusInput, Status as _training_Status } from '../training/Status.js';

export interface ModelResponseInput {
  'model_id'?: (string);
  'status'?: (_training_StatusInput);
  'created_date'?: (string);
  'updated_date'?: (string);
  'name'?: (string);
  'description'?: (string);
  'grpc_method_name'?: (string);
  'grpc_service_name'?: (string);
  'address_list'?: (string)[];
  'is_public'?: (boolean);
  'training_data_link'?: (string);
  'created_by_address'?: (string);
  'updated_by_address'?: (string);
}

export interface ModelResponse {
  'model_id'?: (string);
  'status'?: (_training_Status);
  'created_date'?: (string);
  'updated_date'?: (string);
  'name'?: (string);
  'description'?: (string);
  'grpc_method_name'?: (string);
  'grpc_service_name'?: (string);
  'address_list'?: (string)[];
  'is_public'?: (boolean);
  'training_data_link'?: (string);
  'created_by_address'?: (string);
  'updated_by_address'?: (string);
}
