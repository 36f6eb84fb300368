import type { ProtoGrpcType } from './generated/own/configuration_service.js'
import type { MessageOf } from './message.js'
import { type LoadedService, loadService } from './protos.js'

type Configuration = ProtoGrpcType['configuration_service']
export type CallerAuthentication = MessageOf<Configuration['CallerAuthentication']>
export type ConfigurationRequest = MessageOf<Configuration['EmptyRequest']>
export type UpdateRequest = MessageOf<Configuration['UpdateRequest']>
export type ProcessingStatus = MessageOf<Configuration['StatusResponse']>
export type ConfigurationResponse = MessageOf<Configuration['ConfigurationResponse']>
export type ConfigurationParameter = MessageOf<Configuration['ConfigurationParameter']>

export const loadConfigurationService = (): LoadedService => loadService('configuration_service.ConfigurationService')
