// Original file: proto/grpc/reflection/v1/reflection.proto


export interface ExtensionNumberResponseInput {
  'base_type_name'?: (string);
  'extension_number'?: (number)[];
}

export interface ExtensionNumberResponse {
  'base_type_name'?: (string);
  'extension_number'?: (number)[];
}
