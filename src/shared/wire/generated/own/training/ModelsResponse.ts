// Original file: proto/training/training_daemon.proto

import type { ModelResponseInput as _training_ModelResponseInput, ModelResponse as _training_ModelResponse } from '../training/ModelResponse.js';

export interface ModelsResponseInput {
  'list_of_models'?: (_training_ModelResponseInput)[];
}

export interface ModelsResponse {
  'list_of_models'?: (_training_ModelResponse)[];
}
