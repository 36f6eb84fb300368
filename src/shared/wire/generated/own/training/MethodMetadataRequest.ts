// Original file: proto/training/training_daemon.proto


export interface MethodMetadataRequestInput {
  'model_id'?: (string);
  'grpc_method_name'?: (string);
  'grpc_service_name'?: (string);
}

export interface MethodMetadataRequest {
  'model_id'?: (string);
  'grpc_method_name'?: (string);
  'grpc_service_name'?: (string);
}
