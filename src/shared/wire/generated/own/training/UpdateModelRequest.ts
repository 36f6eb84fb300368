// Original file: proto/training/training_daemon.proto

import type { AuthorizationDetailsInput as _training_AuthorizationDetailsInput, AuthorizationDetails as _training_AuthorizationDetails } from '../training/AuthorizationDetails.js';

export interface UpdateModelRequestInput {
  'authorization'?: (_training_AuthorizationDetailsInput | null);
  'model_id'?: (string);
  'model_name'?: (string);
  'description'?: (string);
  'address_list'?: (string)[];
  '_model_name'?: "model_name";
  '_description'?: "description";
}

export interface UpdateModelRequest {
  'authorization'?: (_training_AuthorizationDetails);
  'model_id'?: (string);
  'model_name'?: (string);
  'description'?: (string);
  'address_list'?: (string)[];
  '_model_name'?: "model_name";
  '_description'?: "description";
}
