// Original file: proto/weshnet/protocol/v1/protocol.proto

export const GroupType = {
  GroupTypeUndefined: 0,
  GroupTypeAccount: 1,
  GroupTypeContact: 2,
  GroupTypeMultiMember: 3,
} as const;

export type GroupTypeInput =
  | 'GroupTypeUndefined'
  | 0
  | 'GroupTypeAccount'
  | 1
  | 'GroupTypeContact'
  | 2
  | 'GroupTypeMultiMember'
  | 3

export type GroupType = typeof GroupType[keyof typeof GroupType]
