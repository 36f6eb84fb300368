// Original file: proto/configuration_service/configuration_service.proto


// Original file: proto/configuration_service/configuration_service.proto

export const _configuration_service_ConfigurationParameter_Type = {
  STRING: 'STRING',
  INTEGER: 'INTEGER',
  URL: 'URL',
  BOOLEAN: 'BOOLEAN',
  ADDRESS: 'ADDRESS',
} as const;

export type _configuration_service_ConfigurationParameter_TypeInput =
  | 'STRING'
  | 0
  | 'INTEGER'
  | 1
  | 'URL'
  | 3
  | 'BOOLEAN'
  | 4
  | 'ADDRESS'
  | 5

export type _configuration_service_ConfigurationParameter_Type = typeof _configuration_service_ConfigurationParameter_Type[keyof typeof _configuration_service_ConfigurationParameter_Type]

// Original file: proto/configuration_service/configuration_service.proto

export const _configuration_service_ConfigurationParameter_UpdateAction = {
  RESTART_REQUIRED: 'RESTART_REQUIRED',
  NO_IMPACT: 'NO_IMPACT',
} as const;

export type _configuration_service_ConfigurationParameter_UpdateActionInput =
  | 'RESTART_REQUIRED'
  | 0
  | 'NO_IMPACT'
  | 1

export type _configuration_service_ConfigurationParameter_UpdateAction = typeof _configuration_service_ConfigurationParameter_UpdateAction[keyof typeof _configuration_service_ConfigurationParameter_UpdateAction]

export interface ConfigurationParameterInput {
  'name'?: (string);
  'mandatory'?: (boolean);
  'description'?: (string);
  'type'?: (_configuration_service_ConfigurationParameter_TypeInput);
  'editable'?: (boolean);
  'restart_daemon'?: (_configuration_service_ConfigurationParameter_UpdateActionInput);
  'section'?: (string);
  'defaultValue'?: (string);
}

export interface ConfigurationParameter {
  'name'?: (string);
  'mandatory'?: (boolean);
  'description'?: (string);
  'type'?: (_configuration_service_ConfigurationParameter_Type);
  'editable'?: (boolean);
  'restart_daemon'?: (_configuration_service_ConfigurationParameter_UpdateAction);
  'section'?: (string);
  'defaultValue'?: (string);
}
