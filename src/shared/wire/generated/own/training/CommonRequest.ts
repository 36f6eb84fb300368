// Original file: proto/training/training_daemon.proto

import type { AuthorizationDetailsInput as _training_AuthorizationDetailsInput, AuthorizationDetails as _training_AuthorizationDetails } from '../training/AuthorizationDetails.js';

export interface CommonRequestInput {
  'authorization'?: (_training_AuthorizationDetailsInput | null);
  'model_id'?: (string);
}

export interface CommonRequest {
  'authorization'?: (_training_AuthorizationDetails);
  'model_id'?: (string);
}
