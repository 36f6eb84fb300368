// Original file: proto/training/training.proto

export const Status = {
  CREATED: 'CREATED',
  VALIDATING: 'VALIDATING',
  VALIDATED: 'VALIDATED',
  TRAINING: 'TRAINING',
  READY_TO_USE: 'READY_TO_USE',
  ERRORED: 'ERRORED',
  DELETED: 'DELETED',
} as const;

export type StatusInput =
  | 'CREATED'
  | 0
  | 'VALIDATING'
  | 1
  | 'VALIDATED'
  | 2
  | 'TRAINING'
  | 3
  | 'READY_TO_USE'
  | 4
  | 'ERRORED'
  | 5
  | 'DELETED'
  | 6

export type Status = typeof Status[keyof typeof Status]
