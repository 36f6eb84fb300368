import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { CalculatorClient as _example_service_CalculatorClient, CalculatorDefinition as _example_service_CalculatorDefinition } from './example_service/Calculator.js';
import type { NumberInput as _example_service_NumberInput, Number as _example_service_Number } from './example_service/Number.js';
import type { NumbersInput as _example_service_NumbersInput, Numbers as _example_service_Numbers } from './example_service/Numbers.js';
import type { ResultInput as _example_service_ResultInput, Result as _example_service_Result } from './example_service/Result.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  example_service: {
    Calculator: SubtypeConstructor<typeof grpc.Client, _example_service_CalculatorClient> & { service: _example_service_CalculatorDefinition }
    Number: MessageTypeDefinition<_example_service_NumberInput, _example_service_Number>
    Numbers: MessageTypeDefinition<_example_service_NumbersInput, _example_service_Numbers>
    Result: MessageTypeDefinition<_example_service_ResultInput, _example_service_Result>
  }
}

