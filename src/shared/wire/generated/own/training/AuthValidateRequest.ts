// Original file: proto/training/training_daemon.proto

import type { AuthorizationDetailsInput as _training_AuthorizationDetailsInput, AuthorizationDetails as _training_AuthorizationDetails } from '../training/AuthorizationDetails.js';

export interface AuthValidateRequestInput {
  'authorization'?: (_training_AuthorizationDetailsInput | null);
  'model_id'?: (string);
  'training_data_link'?: (string);
}

export interface AuthValidateRequest {
  'authorization'?: (_training_AuthorizationDetails);
  'model_id'?: (string);
  'training_data_link'?: (string);
}
