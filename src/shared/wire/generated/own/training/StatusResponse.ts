// Original file: proto/training/training.proto

import type { StatusInput as _training_StatusInput, Status as _training_Status } from '../training/Status.js';

export interface StatusResponseInput {
  'status'?: (_training_StatusInput);
}

export interface StatusResponse {
  'status'?: (_training_Status);
}
