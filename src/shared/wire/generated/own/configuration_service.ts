import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { CallerAuthenticationInput as _configuration_service_CallerAuthenticationInput, CallerAuthentication as _configuration_service_CallerAuthentication } from './configuration_service/CallerAuthentication.js';
import type { ConfigurationParameterInput as _configuration_service_ConfigurationParameterInput, ConfigurationParameter as _configuration_service_ConfigurationParameter } from './configuration_service/ConfigurationParameter.js';
import type { ConfigurationResponseInput as _configuration_service_ConfigurationResponseInput, ConfigurationResponse as _configuration_service_ConfigurationResponse } from './configuration_service/ConfigurationResponse.js';
import type { ConfigurationSchemaInput as _configuration_service_ConfigurationSchemaInput, ConfigurationSchema as _configuration_service_ConfigurationSchema } from './configuration_service/ConfigurationSchema.js';
import type { ConfigurationServiceClient as _configuration_service_ConfigurationServiceClient, ConfigurationServiceDefinition as _configuration_service_ConfigurationServiceDefinition } from './configuration_service/ConfigurationService.js';
import type { EmptyRequestInput as _configuration_service_EmptyRequestInput, EmptyRequest as _configuration_service_EmptyRequest } from './configuration_service/EmptyRequest.js';
import type { StatusResponseInput as _configuration_service_StatusResponseInput, StatusResponse as _configuration_service_StatusResponse } from './configuration_service/StatusResponse.js';
import type { UpdateRequestInput as _configuration_service_UpdateRequestInput, UpdateRequest as _configuration_service_UpdateRequest } from './configuration_service/UpdateRequest.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  configuration_service: {
    CallerAuthentication: MessageTypeDefinition<_configuration_service_CallerAuthenticationInput, _configuration_service_CallerAuthentication>
    ConfigurationParameter: MessageTypeDefinition<_configuration_service_ConfigurationParameterInput, _configuration_service_ConfigurationParameter>
    ConfigurationResponse: MessageTypeDefinition<_configuration_service_ConfigurationResponseInput, _configuration_service_ConfigurationResponse>
    ConfigurationSchema: MessageTypeDefinition<_configuration_service_ConfigurationSchemaInput, _configuration_service_ConfigurationSchema>
    ConfigurationService: SubtypeConstructor<typeof grpc.Client, _configuration_service_ConfigurationServiceClient> & { service: _configuration_service_ConfigurationServiceDefinition }
    EmptyRequest: MessageTypeDefinition<_configuration_service_EmptyRequestInput, _configuration_service_EmptyRequest>
    StatusResponse: MessageTypeDefinition<_configuration_service_StatusResponseInput, _configuration_service_StatusResponse>
    UpdateRequest: MessageTypeDefinition<_configuration_service_UpdateRequestInput, _configuration_service_UpdateRequest>
  }
}

