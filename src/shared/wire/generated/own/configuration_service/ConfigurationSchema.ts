// Original file: proto/configuration_service/configuration_service.proto

import type { ConfigurationParameterInput as _configuration_service_ConfigurationParameterInput, ConfigurationParameter as _configuration_service_ConfigurationParameter } from '../configuration_service/ConfigurationParameter.js';

export interface ConfigurationSchemaInput {
  'details'?: (_configuration_service_ConfigurationParameterInput)[];
}

export interface ConfigurationSchema {
  'details'?: (_configuration_service_ConfigurationParameter)[];
}
