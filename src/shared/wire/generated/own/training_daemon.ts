import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { EmptyInput as _google_protobuf_EmptyInput, Empty as _google_protobuf_Empty } from './google/protobuf/Empty.js';
import type { ListValueInput as _google_protobuf_ListValueInput, ListValue as _google_protobuf_ListValue } from './google/protobuf/ListValue.js';
import type { StructInput as _google_protobuf_StructInput, Struct as _google_protobuf_Struct } from './google/protobuf/Struct.js';
import type { ValueInput as _google_protobuf_ValueInput, Value as _google_protobuf_Value } from './google/protobuf/Value.js';
import type { AllModelsRequestInput as _training_AllModelsRequestInput, AllModelsRequest as _training_AllModelsRequest } from './training/AllModelsRequest.js';
import type { AuthValidateRequestInput as _training_AuthValidateRequestInput, AuthValidateRequest as _training_AuthValidateRequest } from './training/AuthValidateRequest.js';
import type { AuthorizationDetailsInput as _training_AuthorizationDetailsInput, AuthorizationDetails as _training_AuthorizationDetails } from './training/AuthorizationDetails.js';
import type { CommonRequestInput as _training_CommonRequestInput, CommonRequest as _training_CommonRequest } from './training/CommonRequest.js';
import type { DaemonClient as _training_DaemonClient, DaemonDefinition as _training_DaemonDefinition } from './training/Daemon.js';
import type { MethodMetadataInput as _training_MethodMetadataInput, MethodMetadata as _training_MethodMetadata } from './training/MethodMetadata.js';
import type { MethodMetadataRequestInput as _training_MethodMetadataRequestInput, MethodMetadataRequest as _training_MethodMetadataRequest } from './training/MethodMetadataRequest.js';
import type { ModelClient as _training_ModelClient, ModelDefinition as _training_ModelDefinition } from './training/Model.js';
import type { ModelIDInput as _training_ModelIDInput, ModelID as _training_ModelID } from './training/ModelID.js';
import type { ModelResponseInput as _training_ModelResponseInput, ModelResponse as _training_ModelResponse } from './training/ModelResponse.js';
import type { ModelsResponseInput as _training_ModelsResponseInput, ModelsResponse as _training_ModelsResponse } from './training/ModelsResponse.js';
import type { NewModelInput as _training_NewModelInput, NewModel as _training_NewModel } from './training/NewModel.js';
import type { NewModelRequestInput as _training_NewModelRequestInput, NewModelRequest as _training_NewModelRequest } from './training/NewModelRequest.js';
import type { PriceInBaseUnitInput as _training_PriceInBaseUnitInput, PriceInBaseUnit as _training_PriceInBaseUnit } from './training/PriceInBaseUnit.js';
import type { StatusResponseInput as _training_StatusResponseInput, StatusResponse as _training_StatusResponse } from './training/StatusResponse.js';
import type { TrainingMetadataInput as _training_TrainingMetadataInput, TrainingMetadata as _training_TrainingMetadata } from './training/TrainingMetadata.js';
import type { UpdateModelRequestInput as _training_UpdateModelRequestInput, UpdateModelRequest as _training_UpdateModelRequest } from './training/UpdateModelRequest.js';
import type { UploadAndValidateRequestInput as _training_UploadAndValidateRequestInput, UploadAndValidateRequest as _training_UploadAndValidateRequest } from './training/UploadAndValidateRequest.js';
import type { UploadInputInput as _training_UploadInputInput, UploadInput as _training_UploadInput } from './training/UploadInput.js';
import type { ValidateRequestInput as _training_ValidateRequestInput, ValidateRequest as _training_ValidateRequest } from './training/ValidateRequest.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  google: {
    protobuf: {
      Empty: MessageTypeDefinition<_google_protobuf_EmptyInput, _google_protobuf_Empty>
      ListValue: MessageTypeDefinition<_google_protobuf_ListValueInput, _google_protobuf_ListValue>
      NullValue: EnumTypeDefinition
      Struct: MessageTypeDefinition<_google_protobuf_StructInput, _google_protobuf_Struct>
      Value: MessageTypeDefinition<_google_protobuf_ValueInput, _google_protobuf_Value>
    }
  }
  training: {
    AllModelsRequest: MessageTypeDefinition<_training_AllModelsRequestInput, _training_AllModelsRequest>
    AuthValidateRequest: MessageTypeDefinition<_training_AuthValidateRequestInput, _training_AuthValidateRequest>
    AuthorizationDetails: MessageTypeDefinition<_training_AuthorizationDetailsInput, _training_AuthorizationDetails>
    CommonRequest: MessageTypeDefinition<_training_CommonRequestInput, _training_CommonRequest>
    Daemon: SubtypeConstructor<typeof grpc.Client, _training_DaemonClient> & { service: _training_DaemonDefinition }
    MethodMetadata: MessageTypeDefinition<_training_MethodMetadataInput, _training_MethodMetadata>
    MethodMetadataRequest: MessageTypeDefinition<_training_MethodMetadataRequestInput, _training_MethodMetadataRequest>
    Model: SubtypeConstructor<typeof grpc.Client, _training_ModelClient> & { service: _training_ModelDefinition }
    ModelID: MessageTypeDefinition<_training_ModelIDInput, _training_ModelID>
    ModelResponse: MessageTypeDefinition<_training_ModelResponseInput, _training_ModelResponse>
    ModelsResponse: MessageTypeDefinition<_training_ModelsResponseInput, _training_ModelsResponse>
    NewModel: MessageTypeDefinition<_training_NewModelInput, _training_NewModel>
    NewModelRequest: MessageTypeDefinition<_training_NewModelRequestInput, _training_NewModelRequest>
    PriceInBaseUnit: MessageTypeDefinition<_training_PriceInBaseUnitInput, _training_PriceInBaseUnit>
    Status: EnumTypeDefinition
    StatusResponse: MessageTypeDefinition<_training_StatusResponseInput, _training_StatusResponse>
    TrainingMetadata: MessageTypeDefinition<_training_TrainingMetadataInput, _training_TrainingMetadata>
    UpdateModelRequest: MessageTypeDefinition<_training_UpdateModelRequestInput, _training_UpdateModelRequest>
    UploadAndValidateRequest: MessageTypeDefinition<_training_UploadAndValidateRequestInput, _training_UploadAndValidateRequest>
    UploadInput: MessageTypeDefinition<_training_UploadInputInput, _training_UploadInput>
    ValidateRequest: MessageTypeDefinition<_training_ValidateRequestInput, _training_ValidateRequest>
  }
}

