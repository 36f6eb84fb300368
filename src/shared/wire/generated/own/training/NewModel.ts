// Original file: proto/training/training.proto


export interface NewModelInput {
  'name'?: (string);
  'description'?: (string);
  'grpc_method_name'?: (string);
  'grpc_service_name'?: (string);
  'address_list'?: (string)[];
  'is_public'?: (boolean);
  'organization_id'?: (string);
  'service_id'?: (string);
  'group_id'?: (string);
}

export interface NewModel {
  'name'?: (string);
  'description'?: (string);
  'grpc_method_name'?: (string);
  'grpc_service_name'?: (string);
  'address_list'?: (string)[];
  'is_public'?: (boolean);
  'organization_id'?: (string);
  'service_id'?: (string);
  'group_id'?: (string);
}
