/** Messages of Berty as they are decoded: absent fields stay absent, 64-bit numbers are decimal text. */

export interface ConfigurationReply {
  readonly account_pk?: Buffer
  readonly device_pk?: Buffer
  readonly peer_id?: string
  readonly listeners?: readonly string[]
}

export interface ProtocolSystemInfo {
  readonly process?: { readonly version?: string }
  readonly p2p?: { readonly connected_peers?: string }
}

export interface MessengerSystemInfo {
  readonly protocol?: ProtocolSystemInfo
  readonly messenger?: { readonly process?: { readonly version?: string } }
}

export interface GroupMessage {
  readonly public_key?: Uint8Array
  readonly secret?: Uint8Array
  readonly secret_sig?: Uint8Array
  readonly group_type?: string | number
  readonly sign_pub?: Uint8Array
  readonly link_key?: Uint8Array
  readonly link_key_sig?: Uint8Array
}

export interface LinkMessage {
  readonly kind?: string | number
  readonly berty_group?: { readonly group?: GroupMessage; readonly display_name?: string }
}

export interface ShareableReply {
  readonly link?: LinkMessage
  readonly internal_url?: string
  readonly web_url?: string
}

export interface GroupInfoReply {
  readonly group?: GroupMessage
  readonly member_pk?: Buffer
  readonly device_pk?: Buffer
}

export interface EventContext {
  readonly id?: Buffer
  readonly group_pk?: Buffer
}

export interface GroupMessageEvent {
  readonly event_context?: EventContext
  readonly headers?: { readonly counter?: string; readonly device_pk?: Buffer }
  readonly message?: Buffer
}

export interface GroupMetadataEvent {
  readonly event_context?: EventContext
  readonly metadata?: { readonly event_type?: number }
  readonly event?: Buffer
}

export interface AppMessage {
  readonly type?: number
  readonly payload?: Buffer
  readonly sent_date?: string
  readonly medias?: readonly { readonly cid?: string }[]
  readonly target_cid?: string
}
