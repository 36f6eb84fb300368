// Original file: proto/grpc/reflection/v1/reflection.proto


export interface ErrorResponseInput {
  'error_code'?: (number);
  'error_message'?: (string);
}

export interface ErrorResponse {
  'error_code'?: (number);
  'error_message'?: (string);
}
