// Original file: proto/example_service/example_service.proto


export interface ResultInput {
  'value'?: (number | string);
}

export interface Result {
  'value'?: (number);
}
