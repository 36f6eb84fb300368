// Original file: proto/training/training_daemon.proto

import type { AuthorizationDetailsInput as _training_AuthorizationDetailsInput, AuthorizationDetails as _training_AuthorizationDetails } from '../training/AuthorizationDetails.js';
import type { NewModelInput as _training_NewModelInput, NewModel as _training_NewModel } from '../training/NewModel.js';

export interface NewModelRequestInput {
  'authorization'?: (_training_AuthorizationDetailsInput | null);
  'model'?: (_training_NewModelInput | null);
}

export interface NewModelRequest {
  'authorization'?: (_training_AuthorizationDetails);
  'model'?: (_training_NewModel);
}
