/** Answers of Berty's methods as they are decoded: absent fields stay absent, 64-bit numbers are decimal text. */

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

export interface GroupInfoReply {
  readonly member_pk?: Buffer
  readonly device_pk?: Buffer
}
