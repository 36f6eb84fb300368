import type { Provider } from 'ethers'
import { decodeNextChannel, encodeNextChannelQuery } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import type { Address } from '../shared/units.js'
import { onChain } from './on-chain.js'

/**
 * What is read of an escrow contract. Errors: `not-found` where what is at its address does not answer as one, or nothing
 * is there; `unavailable`.
 */
export async function readEscrow<T>(escrow: Address, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    const { code } = cause as { code?: string }
    if (code !== 'BAD_DATA' && code !== 'CALL_EXCEPTION') return await onChain(Promise.reject(cause as Error))
    throw new SnetError('not-found', `there is no escrow contract at ${escrow} on this chain`, {
      hint: 'The address is that of --escrow, or the one that the metadata of the service names; --rpc has to be a node of the same network.',
      cause,
    })
  }
}

/** Errors: as those of `readEscrow`. */
export async function requireEscrow(provider: Provider, escrow: Address): Promise<void> {
  const ask = async (): Promise<bigint> =>
    decodeNextChannel(await provider.call({ to: escrow, data: encodeNextChannelQuery() }))
  await readEscrow(escrow, ask())
}
