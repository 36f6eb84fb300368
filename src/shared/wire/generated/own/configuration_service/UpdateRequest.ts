// Original file: proto/configuration_service/configuration_service.proto

import type { CallerAuthenticationInput as _configuration_service_CallerAuthenticationInput, CallerAuthentication as _configuration_service_CallerAuthentication } from '../configuration_service/CallerAuthentication.js';

export interface UpdateRequestInput {
  'auth'?: (_configuration_service_CallerAuthenticationInput | null);
  'updated_configuration'?: ({[key: string]: string});
}

export interface UpdateRequest {
  'auth'?: (_configuration_service_CallerAuthentication);
  'updated_configuration'?: ({[key: string]: string});
}
