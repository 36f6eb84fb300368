/**
 * Messages of Berty as decoded: absent fields are absent, 64-bit numbers are decimal text, enums are numbers. Optional
 * everywhere: whoever sends decides what is there.
 */
export interface BertyGroup {
  public_key?: Uint8Array | undefined
  secret?: Uint8Array | undefined
  secret_sig?: Uint8Array | undefined
  /** 3 is a multi-member group; Berty does not check it. */
  group_type?: number | undefined
  sign_pub?: Uint8Array | undefined
  link_key?: Uint8Array | undefined
  link_key_sig?: Uint8Array | undefined
}

export interface BertyNamedGroup {
  group?: BertyGroup | undefined
  display_name?: string | undefined
}

export interface BertyLink {
  /** 2 is an invitation to a group, 3 the same under a passphrase. */
  kind?: number | undefined
  berty_group?: BertyNamedGroup | undefined
}

export interface BertyInvite {
  link?: BertyLink | undefined
  internal_url?: string | undefined
  web_url?: string | undefined
}

export interface BertyMedia {
  cid?: string
  mime_type?: string
  filename?: string
  display_name?: string
}

export interface BertyAppMessage {
  type?: number
  payload?: Uint8Array
  sent_date?: string
  target_cid?: string
  medias?: BertyMedia[]
}

export interface BertyUserMessage {
  body?: string
}

export interface BertyEventContext {
  id?: Uint8Array
  parent_ids?: Uint8Array[]
  group_pk?: Uint8Array
}

export interface BertyMessageHeaders {
  counter?: string
  device_pk?: Uint8Array
  sig?: Uint8Array
  metadata?: Record<string, string>
}

export interface BertyMessageEvent {
  event_context?: BertyEventContext
  headers?: BertyMessageHeaders
  message?: Uint8Array
}

export interface BertyMetadataEvent {
  event_context?: BertyEventContext
  metadata?: { event_type?: number; payload?: Uint8Array; sig?: Uint8Array }
  event?: Uint8Array
}

export interface BertyMemberDeviceAdded {
  member_pk?: Uint8Array
  device_pk?: Uint8Array
  member_sig?: Uint8Array
}

export interface BertyChainKeyAdded {
  device_pk?: Uint8Array
  dest_member_pk?: Uint8Array
  payload?: Uint8Array
}

export interface BertyInitialMember {
  device_pk?: Uint8Array
}

export interface BertyMetadataPayload {
  device_pk?: Uint8Array
  message?: Uint8Array
}

export interface BertyReplicating {
  device_pk?: Uint8Array
  authentication_url?: string
  replication_server?: string
}

export interface BertyDevicePeer {
  peer_id?: string
  device_pk?: Uint8Array
  transports?: number[]
  maddrs?: string[]
}

/** What google.rpc.Status and Berty's ErrDetails say together. */
export interface BertyErrorStatus {
  code?: number
  message?: string
  details?: { type_url?: string; value?: Uint8Array }[]
}

/** Numbers of Berty's enums that both sides name. */
export const BERTY = {
  groupType: { multiMember: 3 },
  linkKind: { group: 2, encrypted: 3 },
  appType: { userMessage: 1, setGroupInfo: 4, setUserInfo: 5, acknowledge: 6 },
  event: {
    memberDeviceAdded: 1,
    chainKeyAdded: 2,
    accountGroupJoined: 101,
    initialMember: 302,
    replicating: 403,
    appMetadata: 1001,
  },
  deviceStatus: { disconnected: 1, connected: 2, reconnecting: 3 },
} as const
