import { SnetError } from '../../../shared/errors.js'
import type { ChannelId } from '../../../shared/units.js'
import type { ChannelReading, EscrowChannels } from '../ports.js'

/** A reading of this moment; the cached one while the chain does not answer. Error: `unavailable` without either. */
export async function readFresh(
  escrow: EscrowChannels,
  id: ChannelId,
  cached: ChannelReading | undefined = escrow.cached(id),
): Promise<ChannelReading> {
  try {
    return await escrow.refresh(id)
  } catch (fault) {
    if (cached && fault instanceof SnetError && fault.kind === 'unavailable') return cached
    throw fault
  }
}
