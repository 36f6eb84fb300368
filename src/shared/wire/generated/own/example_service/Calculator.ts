// Original file: proto/example_service/example_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { NumberInput as _example_service_NumberInput, Number as _example_service_Number } from '../example_service/Number.js';
import type { NumbersInput as _example_service_NumbersInput, Numbers as _example_service_Numbers } from '../example_service/Numbers.js';
import type { ResultInput as _example_service_ResultInput, Result as _example_service_Result } from '../example_service/Result.js';

export interface CalculatorClient extends grpc.Client {
  add(argument: _example_service_NumbersInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  add(argument: _example_service_NumbersInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  add(argument: _example_service_NumbersInput, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  add(argument: _example_service_NumbersInput, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  
  count(argument: _example_service_NumbersInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_example_service_Result>;
  count(argument: _example_service_NumbersInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_example_service_Result>;
  
  div(argument: _example_service_NumbersInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  div(argument: _example_service_NumbersInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  div(argument: _example_service_NumbersInput, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  div(argument: _example_service_NumbersInput, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  
  mul(argument: _example_service_NumbersInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  mul(argument: _example_service_NumbersInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  mul(argument: _example_service_NumbersInput, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  mul(argument: _example_service_NumbersInput, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  
  running_sum(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_example_service_NumberInput, _example_service_Result>;
  running_sum(options?: grpc.CallOptions): grpc.ClientDuplexStream<_example_service_NumberInput, _example_service_Result>;
  runningSum(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_example_service_NumberInput, _example_service_Result>;
  runningSum(options?: grpc.CallOptions): grpc.ClientDuplexStream<_example_service_NumberInput, _example_service_Result>;
  
  sub(argument: _example_service_NumbersInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  sub(argument: _example_service_NumbersInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  sub(argument: _example_service_NumbersInput, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  sub(argument: _example_service_NumbersInput, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientUnaryCall;
  
  total(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientWritableStream<_example_service_NumberInput>;
  total(metadata: grpc.Metadata, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientWritableStream<_example_service_NumberInput>;
  total(options: grpc.CallOptions, callback: grpc.requestCallback<_example_service_Result>): grpc.ClientWritableStream<_example_service_NumberInput>;
  total(callback: grpc.requestCallback<_example_service_Result>): grpc.ClientWritableStream<_example_service_NumberInput>;
  
}

export interface CalculatorHandlers extends grpc.UntypedServiceImplementation {
  add: grpc.handleUnaryCall<_example_service_Numbers, _example_service_ResultInput>;
  
  count: grpc.handleServerStreamingCall<_example_service_Numbers, _example_service_ResultInput>;
  
  div: grpc.handleUnaryCall<_example_service_Numbers, _example_service_ResultInput>;
  
  mul: grpc.handleUnaryCall<_example_service_Numbers, _example_service_ResultInput>;
  
  running_sum: grpc.handleBidiStreamingCall<_example_service_Number, _example_service_ResultInput>;
  
  sub: grpc.handleUnaryCall<_example_service_Numbers, _example_service_ResultInput>;
  
  total: grpc.handleClientStreamingCall<_example_service_Number, _example_service_ResultInput>;
  
}

export interface CalculatorDefinition extends grpc.ServiceDefinition {
  add: MethodDefinition<_example_service_NumbersInput, _example_service_ResultInput, _example_service_Numbers, _example_service_Result>
  count: MethodDefinition<_example_service_NumbersInput, _example_service_ResultInput, _example_service_Numbers, _example_service_Result>
  div: MethodDefinition<_example_service_NumbersInput, _example_service_ResultInput, _example_service_Numbers, _example_service_Result>
  mul: MethodDefinition<_example_service_NumbersInput, _example_service_ResultInput, _example_service_Numbers, _example_service_Result>
  running_sum: MethodDefinition<_example_service_NumberInput, _example_service_ResultInput, _example_service_Number, _example_service_Result>
  sub: MethodDefinition<_example_service_NumbersInput, _example_service_ResultInput, _example_service_Numbers, _example_service_Result>
  total: MethodDefinition<_example_service_NumberInput, _example_service_ResultInput, _example_service_Number, _example_service_Result>
}
