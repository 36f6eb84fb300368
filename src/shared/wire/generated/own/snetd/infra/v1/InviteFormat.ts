// Original file: proto/snetd/infra/v1/infra.proto

export const InviteFormat = {
  INVITE_FORMAT_UNSPECIFIED: 'INVITE_FORMAT_UNSPECIFIED',
  PROTO: 'PROTO',
  GOB: 'GOB',
  URL: 'URL',
} as const;

export type InviteFormatInput =
  | 'INVITE_FORMAT_UNSPECIFIED'
  | 0
  | 'PROTO'
  | 1
  | 'GOB'
  | 2
  | 'URL'
  | 3

export type InviteFormat = typeof InviteFormat[keyof typeof InviteFormat]
