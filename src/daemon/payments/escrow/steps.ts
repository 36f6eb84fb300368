import { prefixError } from '../../../shared/errors.js'
import type { ChannelId } from '../../../shared/units.js'
import type { ChannelReading, ChannelRecord, EscrowChannels, PaymentTerms } from '../ports.js'
import { mergeChannel } from './merge-channel.js'

/** The steps to the channel that somebody speaks of, failing in the words that clients know where they are taken. */
export interface ChannelSteps {
  /** Says so of whatever was thrown. */
  readonly fail: (cause: unknown) => never
  refresh(escrow: EscrowChannels, id: ChannelId): Promise<ChannelReading>
  merge(reading: ChannelReading, record: ChannelRecord | undefined, terms: PaymentTerms): ChannelRecord | undefined
}

function channelSteps(prefix: string): ChannelSteps {
  const fail = (cause: unknown): never => {
    throw prefixError(prefix, cause)
  }
  return {
    fail,
    refresh: (escrow, id) => escrow.refresh(id).catch(fail),
    merge(reading, record, terms) {
      try {
        return mergeChannel(reading.channel, record, terms)
      } catch (cause) {
        return fail(cause)
      }
    },
  }
}

/** While a call is paid for (snet-wire 4.2, step 3). */
export const whenPaying = channelSteps('payment channel error: ')
/** When somebody asks for the state of the channel, or for a token (snet-wire 1.1, 1.4). */
export const whenAsking = channelSteps('channel error:')
