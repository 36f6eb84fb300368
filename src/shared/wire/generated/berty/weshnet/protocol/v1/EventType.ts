// Original file: proto/weshnet/protocol/v1/protocol.proto

export const EventType = {
  EventTypeUndefined: 0,
  EventTypeGroupMemberDeviceAdded: 1,
  EventTypeGroupDeviceChainKeyAdded: 2,
  EventTypeAccountGroupJoined: 101,
  EventTypeMultiMemberGroupInitialMemberAnnounced: 302,
  EventTypeGroupReplicating: 403,
  EventTypeGroupMetadataPayloadSent: 1001,
} as const;

export type EventTypeInput =
  | 'EventTypeUndefined'
  | 0
  | 'EventTypeGroupMemberDeviceAdded'
  | 1
  | 'EventTypeGroupDeviceChainKeyAdded'
  | 2
  | 'EventTypeAccountGroupJoined'
  | 101
  | 'EventTypeMultiMemberGroupInitialMemberAnnounced'
  | 302
  | 'EventTypeGroupReplicating'
  | 403
  | 'EventTypeGroupMetadataPayloadSent'
  | 1001

export type EventType = typeof EventType[keyof typeof EventType]
