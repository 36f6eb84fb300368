// Original file: proto/snetd/control/v1/control.proto


export interface ListChannelsRequestInput {
  'channel'?: (string);
}

export interface ListChannelsRequest {
  'channel'?: (string);
}
