// Original file: proto/training/training.proto


export interface ModelIDInput {
  'model_id'?: (string);
}

export interface ModelID {
  'model_id'?: (string);
}
