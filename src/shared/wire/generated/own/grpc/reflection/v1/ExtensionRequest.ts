// Original file: proto/grpc/reflection/v1/reflection.proto


export interface ExtensionRequestInput {
  'containing_type'?: (string);
  'extension_number'?: (number);
}

export interface ExtensionRequest {
  'containing_type'?: (string);
  'extension_number'?: (number);
}
