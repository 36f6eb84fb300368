// Original file: proto/training/training_daemon.proto

import type { ListValueInput as _google_protobuf_ListValueInput, ListValue as _google_protobuf_ListValue } from '../google/protobuf/ListValue.js';

export interface TrainingMetadataInput {
  'trainingEnabled'?: (boolean);
  'trainingInProto'?: (boolean);
  'trainingMethods'?: ({[key: string]: _google_protobuf_ListValueInput});
}

export interface TrainingMetadata {
  'trainingEnabled'?: (boolean);
  'trainingInProto'?: (boolean);
  'trainingMethods'?: ({[key: string]: _google_protobuf_ListValue});
}
