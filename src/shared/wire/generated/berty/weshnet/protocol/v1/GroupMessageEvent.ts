// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { EventContextInput as _weshnet_protocol_v1_EventContextInput, EventContext as _weshnet_protocol_v1_EventContext } from '../../../weshnet/protocol/v1/EventContext.js';
import type { MessageHeadersInput as _weshnet_protocol_v1_MessageHeadersInput, MessageHeaders as _weshnet_protocol_v1_MessageHeaders } from '../../../weshnet/protocol/v1/MessageHeaders.js';

export interface GroupMessageEventInput {
  'event_context'?: (_weshnet_protocol_v1_EventContextInput | null);
  'headers'?: (_weshnet_protocol_v1_MessageHeadersInput | null);
  'message'?: (Buffer | Uint8Array | string);
}

export interface GroupMessageEvent {
  'event_context'?: (_weshnet_protocol_v1_EventContext);
  'headers'?: (_weshnet_protocol_v1_MessageHeaders);
  'message'?: (Buffer);
}
