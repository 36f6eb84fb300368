// Original file: proto/weshnet/protocol/v1/protocol.proto

import type { EventContextInput as _weshnet_protocol_v1_EventContextInput, EventContext as _weshnet_protocol_v1_EventContext } from '../../../weshnet/protocol/v1/EventContext.js';
import type { GroupMetadataInput as _weshnet_protocol_v1_GroupMetadataInput, GroupMetadata as _weshnet_protocol_v1_GroupMetadata } from '../../../weshnet/protocol/v1/GroupMetadata.js';

export interface GroupMetadataEventInput {
  'event_context'?: (_weshnet_protocol_v1_EventContextInput | null);
  'metadata'?: (_weshnet_protocol_v1_GroupMetadataInput | null);
  'event'?: (Buffer | Uint8Array | string);
}

export interface GroupMetadataEvent {
  'event_context'?: (_weshnet_protocol_v1_EventContext);
  'metadata'?: (_weshnet_protocol_v1_GroupMetadata);
  'event'?: (Buffer);
}
