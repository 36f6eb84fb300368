// Original file: proto/berty/messenger/v1/messenger.proto

import type { Long } from '@grpc/proto-loader';

export interface _berty_messenger_v1_EchoTest_ReplyInput {
  'echo'?: (string);
}

export interface _berty_messenger_v1_EchoTest_Reply {
  'echo'?: (string);
}

export interface _berty_messenger_v1_EchoTest_RequestInput {
  'delay'?: (number | string | Long);
  'echo'?: (string);
  'trigger_error'?: (boolean);
}

export interface _berty_messenger_v1_EchoTest_Request {
  'delay'?: (string);
  'echo'?: (string);
  'trigger_error'?: (boolean);
}

export interface EchoTestInput {
}

export interface EchoTest {
}
