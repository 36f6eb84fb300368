// Original file: proto/grpc/reflection/v1/reflection.proto

import type { ServerReflectionRequestInput as _grpc_reflection_v1_ServerReflectionRequestInput, ServerReflectionRequest as _grpc_reflection_v1_ServerReflectionRequest } from '../../../grpc/reflection/v1/ServerReflectionRequest.js';
import type { FileDescriptorResponseInput as _grpc_reflection_v1_FileDescriptorResponseInput, FileDescriptorResponse as _grpc_reflection_v1_FileDescriptorResponse } from '../../../grpc/reflection/v1/FileDescriptorResponse.js';
import type { ExtensionNumberResponseInput as _grpc_reflection_v1_ExtensionNumberResponseInput, ExtensionNumberResponse as _grpc_reflection_v1_ExtensionNumberResponse } from '../../../grpc/reflection/v1/ExtensionNumberResponse.js';
import type { ListServiceResponseInput as _grpc_reflection_v1_ListServiceResponseInput, ListServiceResponse as _grpc_reflection_v1_ListServiceResponse } from '../../../grpc/reflection/v1/ListServiceResponse.js';
import type { ErrorResponseInput as _grpc_reflection_v1_ErrorResponseInput, ErrorResponse as _grpc_reflection_v1_ErrorResponse } from '../../../grpc/reflection/v1/ErrorResponse.js';

export interface ServerReflectionResponseInput {
  'valid_host'?: (string);
  'original_request'?: (_grpc_reflection_v1_ServerReflectionRequestInput | null);
  'file_descriptor_response'?: (_grpc_reflection_v1_FileDescriptorResponseInput | null);
  'all_extension_numbers_response'?: (_grpc_reflection_v1_ExtensionNumberResponseInput | null);
  'list_services_response'?: (_grpc_reflection_v1_ListServiceResponseInput | null);
  'error_response'?: (_grpc_reflection_v1_ErrorResponseInput | null);
  'message_response'?: "file_descriptor_response"|"all_extension_numbers_response"|"list_services_response"|"error_response";
}

export interface ServerReflectionResponse {
  'valid_host'?: (string);
  'original_request'?: (_grpc_reflection_v1_ServerReflectionRequest);
  'file_descriptor_response'?: (_grpc_reflection_v1_FileDescriptorResponse);
  'all_extension_numbers_response'?: (_grpc_reflection_v1_ExtensionNumberResponse);
  'list_services_response'?: (_grpc_reflection_v1_ListServiceResponse);
  'error_response'?: (_grpc_reflection_v1_ErrorResponse);
  'message_response'?: "file_descriptor_response"|"all_extension_numbers_response"|"list_services_response"|"error_response";
}
