// Original file: proto/training/training.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ModelIDInput as _training_ModelIDInput, ModelID as _training_ModelID } from '../training/ModelID.js';
import type { NewModelInput as _training_NewModelInput, NewModel as _training_NewModel } from '../training/NewModel.js';
import type { PriceInBaseUnitInput as _training_PriceInBaseUnitInput, PriceInBaseUnit as _training_PriceInBaseUnit } from '../training/PriceInBaseUnit.js';
import type { StatusResponseInput as _training_StatusResponseInput, StatusResponse as _training_StatusResponse } from '../training/StatusResponse.js';
import type { UploadInputInput as _training_UploadInputInput, UploadInput as _training_UploadInput } from '../training/UploadInput.js';
import type { ValidateRequestInput as _training_ValidateRequestInput, ValidateRequest as _training_ValidateRequest } from '../training/ValidateRequest.js';

export interface ModelClient extends grpc.Client {
  create_model(argument: _training_NewModelInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelID>): grpc.ClientUnaryCall;
  create_model(argument: _training_NewModelInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelID>): grpc.ClientUnaryCall;
  create_model(argument: _training_NewModelInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelID>): grpc.ClientUnaryCall;
  create_model(argument: _training_NewModelInput, callback: grpc.requestCallback<_training_ModelID>): grpc.ClientUnaryCall;
  createModel(argument: _training_NewModelInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelID>): grpc.ClientUnaryCall;
  createModel(argument: _training_NewModelInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_ModelID>): grpc.ClientUnaryCall;
  createModel(argument: _training_NewModelInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_ModelID>): grpc.ClientUnaryCall;
  createModel(argument: _training_NewModelInput, callback: grpc.requestCallback<_training_ModelID>): grpc.ClientUnaryCall;
  
  delete_model(argument: _training_ModelIDInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  delete_model(argument: _training_ModelIDInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  delete_model(argument: _training_ModelIDInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  delete_model(argument: _training_ModelIDInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  deleteModel(argument: _training_ModelIDInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  deleteModel(argument: _training_ModelIDInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  deleteModel(argument: _training_ModelIDInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  deleteModel(argument: _training_ModelIDInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  
  get_model_status(argument: _training_ModelIDInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  get_model_status(argument: _training_ModelIDInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  get_model_status(argument: _training_ModelIDInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  get_model_status(argument: _training_ModelIDInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  getModelStatus(argument: _training_ModelIDInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  getModelStatus(argument: _training_ModelIDInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  getModelStatus(argument: _training_ModelIDInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  getModelStatus(argument: _training_ModelIDInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  
  train_model(argument: _training_ModelIDInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  train_model(argument: _training_ModelIDInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  train_model(argument: _training_ModelIDInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  train_model(argument: _training_ModelIDInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  trainModel(argument: _training_ModelIDInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  trainModel(argument: _training_ModelIDInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  trainModel(argument: _training_ModelIDInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  trainModel(argument: _training_ModelIDInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  
  train_model_price(argument: _training_ModelIDInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  train_model_price(argument: _training_ModelIDInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  train_model_price(argument: _training_ModelIDInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  train_model_price(argument: _training_ModelIDInput, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  trainModelPrice(argument: _training_ModelIDInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  trainModelPrice(argument: _training_ModelIDInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  trainModelPrice(argument: _training_ModelIDInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  trainModelPrice(argument: _training_ModelIDInput, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  
  upload_and_validate(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadInputInput>;
  upload_and_validate(metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadInputInput>;
  upload_and_validate(options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadInputInput>;
  upload_and_validate(callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadInputInput>;
  uploadAndValidate(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadInputInput>;
  uploadAndValidate(metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadInputInput>;
  uploadAndValidate(options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadInputInput>;
  uploadAndValidate(callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientWritableStream<_training_UploadInputInput>;
  
  validate_model(argument: _training_ValidateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validate_model(argument: _training_ValidateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validate_model(argument: _training_ValidateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validate_model(argument: _training_ValidateRequestInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validateModel(argument: _training_ValidateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validateModel(argument: _training_ValidateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validateModel(argument: _training_ValidateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  validateModel(argument: _training_ValidateRequestInput, callback: grpc.requestCallback<_training_StatusResponse>): grpc.ClientUnaryCall;
  
  validate_model_price(argument: _training_ValidateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validate_model_price(argument: _training_ValidateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validate_model_price(argument: _training_ValidateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validate_model_price(argument: _training_ValidateRequestInput, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validateModelPrice(argument: _training_ValidateRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validateModelPrice(argument: _training_ValidateRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validateModelPrice(argument: _training_ValidateRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  validateModelPrice(argument: _training_ValidateRequestInput, callback: grpc.requestCallback<_training_PriceInBaseUnit>): grpc.ClientUnaryCall;
  
}

export interface ModelHandlers extends grpc.UntypedServiceImplementation {
  create_model: grpc.handleUnaryCall<_training_NewModel, _training_ModelIDInput>;
  
  delete_model: grpc.handleUnaryCall<_training_ModelID, _training_StatusResponseInput>;
  
  get_model_status: grpc.handleUnaryCall<_training_ModelID, _training_StatusResponseInput>;
  
  train_model: grpc.handleUnaryCall<_training_ModelID, _training_StatusResponseInput>;
  
  train_model_price: grpc.handleUnaryCall<_training_ModelID, _training_PriceInBaseUnitInput>;
  
  upload_and_validate: grpc.handleClientStreamingCall<_training_UploadInput, _training_StatusResponseInput>;
  
  validate_model: grpc.handleUnaryCall<_training_ValidateRequest, _training_StatusResponseInput>;
  
  validate_model_price: grpc.handleUnaryCall<_training_ValidateRequest, _training_PriceInBaseUnitInput>;
  
}

export interface ModelDefinition extends grpc.ServiceDefinition {
  create_model: MethodDefinition<_training_NewModelInput, _training_ModelIDInput, _training_NewModel, _training_ModelID>
  delete_model: MethodDefinition<_training_ModelIDInput, _training_StatusResponseInput, _training_ModelID, _training_StatusResponse>
  get_model_status: MethodDefinition<_training_ModelIDInput, _training_StatusResponseInput, _training_ModelID, _training_StatusResponse>
  train_model: MethodDefinition<_training_ModelIDInput, _training_StatusResponseInput, _training_ModelID, _training_StatusResponse>
  train_model_price: MethodDefinition<_training_ModelIDInput, _training_PriceInBaseUnitInput, _training_ModelID, _training_PriceInBaseUnit>
  upload_and_validate: MethodDefinition<_training_UploadInputInput, _training_StatusResponseInput, _training_UploadInput, _training_StatusResponse>
  validate_model: MethodDefinition<_training_ValidateRequestInput, _training_StatusResponseInput, _training_ValidateRequest, _training_StatusResponse>
  validate_model_price: MethodDefinition<_training_ValidateRequestInput, _training_PriceInBaseUnitInput, _training_ValidateRequest, _training_PriceInBaseUnit>
}
