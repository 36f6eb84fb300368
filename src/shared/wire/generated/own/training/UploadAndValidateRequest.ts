// Original file: proto/training/training_daemon.proto

import type { AuthorizationDetailsInput as _training_AuthorizationDetailsInput, AuthorizationDetails as _training_AuthorizationDetails } from '../training/AuthorizationDetails.js';
import type { UploadInputInput as _training_UploadInputInput, UploadInput as _training_UploadInput } from '../training/UploadInput.js';

export interface UploadAndValidateRequestInput {
  'authorization'?: (_training_AuthorizationDetailsInput | null);
  'upload_input'?: (_training_UploadInputInput | null);
}

export interface UploadAndValidateRequest {
  'authorization'?: (_training_AuthorizationDetails);
  'upload_input'?: (_training_UploadInput);
}
