// Original file: proto/example_service/example_service.proto


export interface NumbersInput {
  'a'?: (number | string);
  'b'?: (number | string);
}

export interface Numbers {
  'a'?: (number);
  'b'?: (number);
}
