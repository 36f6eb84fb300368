import { prefixError } from '../../../shared/errors.js'
import type { ChannelId } from '../../../shared/units.js'
import type { ChannelReading, ChannelRecord, EscrowChannels, PaymentTerms } from '../ports.js'
import { mergeChannel } from './merge-channel.js'

/** What goes wrong with a channel while a call is paid for, as clients know it (snet-wire 4.2, step 3). */
export function asChannelError(cause: unknown): never {
  throw prefixError('payment channel error: ', cause)
}

export const refreshOnPaymentPath = (escrow: EscrowChannels, id: ChannelId): Promise<ChannelReading> =>
  escrow.refresh(id).catch(asChannelError)

export function mergeOnPaymentPath(
  reading: ChannelReading,
  record: ChannelRecord | undefined,
  terms: PaymentTerms,
): ChannelRecord | undefined {
  try {
    return mergeChannel(reading.channel, record, terms)
  } catch (cause) {
    return asChannelError(cause)
  }
}
