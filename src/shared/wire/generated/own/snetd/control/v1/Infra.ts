// Original file: proto/snetd/control/v1/control.proto


export interface InfraInput {
  'endpoint'?: (string);
  'tls'?: (boolean);
  'token'?: (boolean);
  'client_certificate'?: (boolean);
  'berty'?: (string);
  'berty_state'?: (string);
  'groups'?: (number);
  'tests'?: (number);
  'tests_running'?: (number);
}

export interface Infra {
  'endpoint'?: (string);
  'tls'?: (boolean);
  'token'?: (boolean);
  'client_certificate'?: (boolean);
  'berty'?: (string);
  'berty_state'?: (string);
  'groups'?: (number);
  'tests'?: (number);
  'tests_running'?: (number);
}
