// Original file: proto/training/training_daemon.proto

import type { AuthorizationDetailsInput as _training_AuthorizationDetailsInput, AuthorizationDetails as _training_AuthorizationDetails } from '../training/AuthorizationDetails.js';
import type { StatusInput as _training_StatusInput, Status as _training_Status } from '../training/Status.js';
import type { Long } from '@grpc/proto-loader';

export interface AllModelsRequestInput {
  'authorization'?: (_training_AuthorizationDetailsInput | null);
  'statuses'?: (_training_StatusInput)[];
  'is_public'?: (boolean);
  'grpc_method_name'?: (string);
  'grpc_service_name'?: (string);
  'name'?: (string);
  'created_by_address'?: (string);
  'page_size'?: (number | string | Long);
  'page'?: (number | string | Long);
  '_is_public'?: "is_public";
}

export interface AllModelsRequest {
  'authorization'?: (_training_AuthorizationDetails);
  'statuses'?: (_training_Status)[];
  'is_public'?: (boolean);
  'grpc_method_name'?: (string);
  'grpc_service_name'?: (string);
  'name'?: (string);
  'created_by_address'?: (string);
  'page_size'?: (string);
  'page'?: (string);
  '_is_public'?: "is_public";
}
