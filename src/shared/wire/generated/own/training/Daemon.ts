// Original file: proto/training/training_daemon.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AllModelsRequestInput as _training_AllModelsRequestInput, AllModelsRequest as _training_AllModelsRequest } from '../training/AllModelsRequest.js';
import type { AuthValidateRequestInput as _training_AuthValidateRequestInput, AuthValidateRequest as _training_AuthValidateRequest } from '../training/AuthValidateRequest.js';
import type { CommonRequestInput as _training_CommonRequestInput, CommonRequest as _training_CommonRequest } from '../training/CommonRequest.js';
import type { EmptyInput as _google_protobuf_EmptyInput, Empty as _google_protobuf_Empty } from '../google/protobuf/Empty.js';
import type { MethodMetadataInput as _training_MethodMetadataInput, MethodMetadata as _training_MethodMetadata } from '../training/MethodMetadata.js';
import type { MethodMetadataRequestInput as _training_MethodMetadataRequestInput, MethodMetadataRequest as _training_MethodMetadataRequest } from '../training/MethodMetadataRequest.js';
import type { ModelResponseInput as _training_ModelResponseInput, ModelResponse as _training_ModelResponse } from '../training/ModelResponse.js';
import type { ModelsResponseInput as _training_ModelsResponseInput, ModelsResponse as _training_ModelsResponse } from '../training/ModelsResponse.js';
import type { NewModelRequestInput as _training_NewModelRequestInput, NewModelRequest as _training_NewModelRequest } from '../training/NewModelRequest.js';
import type { PriceInBaseUnitInput as _training_PriceInBaseUnitInput, PriceInBaseUnit as _training_PriceInBaseUnit } from '../training/PriceInBaseUnit.js';
import type { StatusResponseInput as _training_StatusResponseInput, StatusResponse as _training_StatusResponse } from '../training/StatusResponse.js';
import type { TrainingMetadataInput as _training_TrainingMetadataInput, TrainingMetadata as _training_TrainingMetadata } from '../training/TrainingMetadata.js';
import type { UpdateModelRequestInput as _training_UpdateModelRequestInput, UpdateModelRequest as _training_UpdateModelRequest } from '../training/UpdateModelRequest.js';
import type { UploadAndValidateRequestInput as _training_UploadAndValidateRequestInput, UploadAndValidateRequest as _training_UploadAndValidateRequest } from '../training/UploadAndValidateRequest.js';

export interface DaemonClient extends grpc.Client {
  create_model(argument: _training_NewModelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  create_model(argument: _training_NewModelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  create_model(argument: _training_NewModelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  create_model(argument: _training_NewModelRequestInput, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  createModel(argument: _training_NewModelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  createModel(argument: _training_NewModelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  createModel(argument: _training_NewModelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  createModel(argument: _training_NewModelRequestInput, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  
  delete_model(argument: _training_CommonRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  delete_model(argument: _training_CommonRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  delete_model(argument: _training_CommonRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  delete_model(argument: _training_CommonRequestInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  deleteModel(argument: _training_CommonRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  deleteModel(argument: _training_CommonRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  deleteModel(argument: _training_CommonRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  deleteModel(argument: _training_CommonRequestInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  
  get_all_models(argument: _training_AllModelsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelsResponse>): grpc.ClientUnaryCall;
  get_all_models(argument: _training_AllModelsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelsResponse>): grpc.ClientUnaryCall;
  get_all_models(argument: _training_AllModelsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelsResponse>): grpc.ClientUnaryCall;
  get_all_models(argument: _training_AllModelsRequestInput, callback: grpc.requestCallback<_training_ModelsResponse>): grpc.ClientUnaryCall;
  getAllModels(argument: _training_AllModelsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelsResponse>): grpc.ClientUnaryCall;
  getAllModels(argument: _training_AllModelsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelsResponse>): grpc.ClientUnaryCall;
  getAllModels(argument: _training_AllModelsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelsResponse>): grpc.ClientUnaryCall;
  getAllModels(argument: _training_AllModelsRequestInput, callback: grpc.requestCallback<_training_ModelsResponse>): grpc.ClientUnaryCall;
  
  get_method_metadata(argument: _training_MethodMetadataRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_MethodMetadata>): grpc.ClientUnaryCall;
  get_method_metadata(argument: _training_MethodMetadataRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_MethodMetadata>): grpc.ClientUnaryCall;
  get_method_metadata(argument: _training_MethodMetadataRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_MethodMetadata>): grpc.ClientUnaryCall;
  get_method_metadata(argument: _training_MethodMetadataRequestInput, callback: grpc.requestCallback<_training_MethodMetadata>): grpc.ClientUnaryCall;
  getMethodMetadata(argument: _training_MethodMetadataRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_MethodMetadata>): grpc.ClientUnaryCall;
  getMethodMetadata(argument: _training_MethodMetadataRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_MethodMetadata>): grpc.ClientUnaryCall;
  getMethodMetadata(argument: _training_MethodMetadataRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_MethodMetadata>): grpc.ClientUnaryCall;
  getMethodMetadata(argument: _training_MethodMetadataRequestInput, callback: grpc.requestCallback<_training_MethodMetadata>): grpc.ClientUnaryCall;
  
  get_model(argument: _training_CommonRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  get_model(argument: _training_CommonRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  get_model(argument: _training_CommonRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  get_model(argument: _training_CommonRequestInput, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  getModel(argument: _training_CommonRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  getModel(argument: _training_CommonRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  getModel(argument: _training_CommonRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  getModel(argument: _training_CommonRequestInput, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  
  get_training_metadata(argument: _google_protobuf_EmptyInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_TrainingMetadata>): grpc.ClientUnaryCall;
  get_training_metadata(argument: _google_protobuf_EmptyInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_TrainingMetadata>): grpc.ClientUnaryCall;
  get_training_metadata(argument: _google_protobuf_EmptyInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_TrainingMetadata>): grpc.ClientUnaryCall;
  get_training_metadata(argument: _google_protobuf_EmptyInput, callback: grpc.requestCallback<_training_TrainingMetadata>): grpc.ClientUnaryCall;
  getTrainingMetadata(argument: _google_protobuf_EmptyInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_TrainingMetadata>): grpc.ClientUnaryCall;
  getTrainingMetadata(argument: _google_protobuf_EmptyInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_TrainingMetadata>): grpc.ClientUnaryCall;
  getTrainingMetadata(argument: _google_protobuf_EmptyInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_TrainingMetadata>): grpc.ClientUnaryCall;
  getTrainingMetadata(argument: _google_protobuf_EmptyInput, callback: grpc.requestCallback<_training_TrainingMetadata>): grpc.ClientUnaryCall;
  
  train_model(argument: _training_CommonRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  train_model(argument: _training_CommonRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  train_model(argument: _training_CommonRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  train_model(argument: _training_CommonRequestInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  trainModel(argument: _training_CommonRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  trainModel(argument: _training_CommonRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  trainModel(argument: _training_CommonRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  trainModel(argument: _training_CommonRequestInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  
  train_model_price(argument: _training_CommonRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  train_model_price(argument: _training_CommonRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  train_model_price(argument: _training_CommonRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  train_model_price(argument: _training_CommonRequestInput, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  trainModelPrice(argument: _training_CommonRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  trainModelPrice(argument: _training_CommonRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  trainModelPrice(argument: _training_CommonRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  trainModelPrice(argument: _training_CommonRequestInput, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  
  update_model(argument: _training_UpdateModelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  update_model(argument: _training_UpdateModelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  update_model(argument: _training_UpdateModelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  update_model(argument: _training_UpdateModelRequestInput, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  updateModel(argument: _training_UpdateModelRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  updateModel(argument: _training_UpdateModelRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  updateModel(argument: _training_UpdateModelRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  updateModel(argument: _training_UpdateModelRequestInput, callback: grpc.requestCallback<_training_ModelResponse>): grpc.ClientUnaryCall;
  
  upload_and_validate(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadAndValidateRequestInput>;
  upload_and_validate(metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadAndValidateRequestInput>;
  upload_and_validate(options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadAndValidateRequestInput>;
  upload_and_validate(callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadAndValidateRequestInput>;
  uploadAndValidate(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadAndValidateRequestInput>;
  uploadAndValidate(metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadAndValidateRequestInput>;
  uploadAndValidate(options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadAndValidateRequestInput>;
  uploadAndValidate(callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadAndValidateRequestInput>;
  
  validate_model(argument: _training_AuthValidateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validate_model(argument: _training_AuthValidateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validate_model(argument: _training_AuthValidateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validate_model(argument: _training_AuthValidateRequestInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validateModel(argument: _training_AuthValidateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validateModel(argument: _training_AuthValidateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validateModel(argument: _training_AuthValidateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validateModel(argument: _training_AuthValidateRequestInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  
  validate_model_price(argument: _training_AuthValidateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validate_model_price(argument: _training_AuthValidateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validate_model_price(argument: _training_AuthValidateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validate_model_price(argument: _training_AuthValidateRequestInput, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validateModelPrice(argument: _training_AuthValidateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validateModelPrice(argument: _training_AuthValidateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validateModelPrice(argument: _training_AuthValidateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validateModelPrice(argument: _training_AuthValidateRequestInput, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  
}

export interface DaemonHandlers extends grpc.UntypedServiceImplementation {
  create_model: grpc.handleUnaryCall<_training_NewModelRequest, _training_ModelResponseInput>;
  
  delete_model: grpc.handleUnaryCall<_training_CommonRequest, _training_StatusResponseInput>;
  
  get_all_models: grpc.handleUnaryCall<_training_AllModelsRequest, _training_ModelsResponseInput>;
  
  get_method_metadata: grpc.handleUnaryCall<_training_MethodMetadataRequest, _training_MethodMetadataInput>;
  
  get_model: grpc.handleUnaryCall<_training_CommonRequest, _training_ModelResponseInput>;
  
  get_training_metadata: grpc.handleUnaryCall<_google_protobuf_Empty, _training_TrainingMetadataInput>;
  
  train_model: grpc.handleUnaryCall<_training_CommonRequest, _training_StatusResponseInput>;
  
  train_model_price: grpc.handleUnaryCall<_training_CommonRequest, _training_PriceInBaseUnitInput>;
  
  update_model: grpc.handleUnaryCall<_training_UpdateModelRequest, _training_ModelResponseInput>;
  
  upload_and_validate: grpc.handleClientStreamingCall<_training_UploadAndValidateRequest, _training_StatusResponseInput>;
  
  validate_model: grpc.handleUnaryCall<_training_AuthValidateRequest, _training_StatusResponseInput>;
  
  validate_model_price: grpc.handleUnaryCall<_training_AuthValidateRequest, _training_PriceInBaseUnitInput>;
  
}

export interface DaemonDefinition extends grpc.ServiceDefinition {
  create_model: MethodDefinition<_training_NewModelRequestInput, _training_ModelResponseInput, _training_NewModelRequest, _training_ModelResponse>
  delete_model: MethodDefinition<_training_CommonRequestInput, _training_StatusResponseInput, _training_CommonRequest, _training_StatusResponse>
  get_all_models: MethodDefinition<_training_AllModelsRequestInput, _training_ModelsResponseInput, _training_AllModelsRequest, _training_ModelsResponse>
  get_method_metadata: MethodDefinition<_training_MethodMetadataRequestInput, _training_MethodMetadataInput, _training_MethodMetadataRequest, _training_MethodMetadata>
  get_model: MethodDefinition<_training_CommonRequestInput, _training_ModelResponseInput, _training_CommonRequest, _training_ModelResponse>
  get_training_metadata: MethodDefinition<_google_protobuf_EmptyInput, _training_TrainingMetadataInput, _google_protobuf_Empty, _training_TrainingMetadata>
  train_model: MethodDefinition<_training_CommonRequestInput, _training_StatusResponseInput, _training_CommonRequest, _training_StatusResponse>
  train_model_price: MethodDefinition<_training_CommonRequestInput, _training_PriceInBaseUnitInput, _training_CommonRequest, _training_PriceInBaseUnit>
  update_model: MethodDefinition<_training_UpdateModelRequestInput, _training_ModelResponseInput, _training_UpdateModelRequest, _training_ModelResponse>
  upload_and_validate: MethodDefinition<_training_UploadAndValidateRequestInput, _training_StatusResponseInput, _training_UploadAndValidateRequest, _training_StatusResponse>
  validate_model: MethodDefinition<_training_AuthValidateRequestInput, _training_StatusResponseInput, _training_AuthValidateRequest, _training_StatusResponse>
  validate_model_price: MethodDefinition<_training_AuthValidateRequestInput, _training_PriceInBaseUnitInput, _training_AuthValidateRequest, _training_PriceInBaseUnit>
}
