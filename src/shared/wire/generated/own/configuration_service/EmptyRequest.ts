// Original file: proto/configuration_service/configuration_service.proto

import type { CallerAuthenticationInput as _configuration_service_CallerAuthenticationInput, CallerAuthentication as _configuration_service_CallerAuthentication } from '../configuration_service/CallerAuthentication.js';

export interface EmptyRequestInput {
  'auth'?: (_configuration_service_CallerAuthenticationInput | null);
}

export interface EmptyRequest {
  'auth'?: (_configuration_service_CallerAuthentication);
}
