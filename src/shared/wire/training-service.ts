import type { ProtoGrpcType } from './generated/own/training_daemon.js'
import type { MessageOf } from './message.js'
import { type LoadedService, loadService } from './protos.js'

type Training = ProtoGrpcType['training']

export type TrainingAuthorization = MessageOf<Training['AuthorizationDetails']>
export type NewModelRequest = MessageOf<Training['NewModelRequest']>
export type AuthValidateRequest = MessageOf<Training['AuthValidateRequest']>
export type UploadAndValidateRequest = MessageOf<Training['UploadAndValidateRequest']>
export type CommonRequest = MessageOf<Training['CommonRequest']>
export type UpdateModelRequest = MessageOf<Training['UpdateModelRequest']>
export type AllModelsRequest = MessageOf<Training['AllModelsRequest']>
export type ModelsResponse = MessageOf<Training['ModelsResponse']>
export type ModelResponse = MessageOf<Training['ModelResponse']>
export type MethodMetadataRequest = MessageOf<Training['MethodMetadataRequest']>
export type MethodMetadata = MessageOf<Training['MethodMetadata']>
export type TrainingMetadata = MessageOf<Training['TrainingMetadata']>
export type NewModel = MessageOf<Training['NewModel']>
export type ModelID = MessageOf<Training['ModelID']>
export type PriceInBaseUnit = MessageOf<Training['PriceInBaseUnit']>
export type StatusResponse = MessageOf<Training['StatusResponse']>
export type UploadInput = MessageOf<Training['UploadInput']>
export type ValidateRequest = MessageOf<Training['ValidateRequest']>

/** What clients ask of the daemon. */
export const loadTrainingDaemon = (): LoadedService => loadService('training.Daemon')

/** What the daemon asks of the service. */
export const loadTrainingModel = (): LoadedService => loadService('training.Model')
