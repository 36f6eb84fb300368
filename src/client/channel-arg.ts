import { Args } from '@oclif/core'

/** Which channel a command is about. */
export const channelArg = {
  channel: Args.string({ description: 'Number of the channel.', required: true, ignoreStdin: true }),
}
