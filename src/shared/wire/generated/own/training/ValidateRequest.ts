// Original file: proto/training/training.proto


export interface ValidateRequestInput {
  'model_id'?: (string);
  'training_data_link'?: (string);
}

export interface ValidateRequest {
  'model_id'?: (string);
  'training_data_link'?: (string);
}
