// Original file: proto/configuration_service/configuration_service.proto


// Original file: proto/configuration_service/configuration_service.proto

export const _configuration_service_StatusResponse_Status = {
  IDLE: 'IDLE',
  REQUEST_IN_PROGRESS: 'REQUEST_IN_PROGRESS',
  HAS_STOPPED_PROCESSING_REQUESTS: 'HAS_STOPPED_PROCESSING_REQUESTS',
} as const;

export type _configuration_service_StatusResponse_StatusInput =
  | 'IDLE'
  | 0
  | 'REQUEST_IN_PROGRESS'
  | 1
  | 'HAS_STOPPED_PROCESSING_REQUESTS'
  | 2

export type _configuration_service_StatusResponse_Status = typeof _configuration_service_StatusResponse_Status[keyof typeof _configuration_service_StatusResponse_Status]

export interface StatusResponseInput {
  'signature'?: (Buffer | Uint8Array | string);
  'current_processing_status'?: (_configuration_service_StatusResponse_StatusInput);
}

export interface StatusResponse {
  'signature'?: (Buffer);
  'current_processing_status'?: (_configuration_service_StatusResponse_Status);
}
