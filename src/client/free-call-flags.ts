import { Flags } from '@oclif/core'
import { daemonFlags } from './data-dir.js'

/** Whose free calls a command is about. */
export const freeCallUserFlags = {
  ...daemonFlags,
  address: Flags.string({
    char: 'a',
    summary: 'Address of the user, in any spelling.',
    helpValue: 'ADDRESS',
    required: true,
  }),
  'user-id': Flags.string({
    char: 'u',
    summary: 'User of this address, where it is a marketplace.',
    helpValue: 'ID',
    default: '',
  }),
}
