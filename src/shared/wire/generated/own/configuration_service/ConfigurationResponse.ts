// Original file: proto/configuration_service/configuration_service.proto

import type { ConfigurationSchemaInput as _configuration_service_ConfigurationSchemaInput, ConfigurationSchema as _configuration_service_ConfigurationSchema } from '../configuration_service/ConfigurationSchema.js';

export interface ConfigurationResponseInput {
  'signature'?: (Buffer | Uint8Array | string);
  'current_configuration'?: ({[key: string]: string});
  'schema'?: (_configuration_service_ConfigurationSchemaInput | null);
}

export interface ConfigurationResponse {
  'signature'?: (Buffer);
  'current_configuration'?: ({[key: string]: string});
  'schema'?: (_configuration_service_ConfigurationSchema);
}
