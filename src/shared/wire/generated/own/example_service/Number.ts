// Original file: proto/example_service/example_service.proto


export interface NumberInput {
  'value'?: (number | string);
}

export interface Number {
  'value'?: (number);
}
