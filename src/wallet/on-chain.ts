import type { Provider } from 'ethers'
import { shortReason } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'

/** Of the newest block. Error: `unavailable`. */
export const readBlockNumber = async (provider: Provider): Promise<bigint> =>
  BigInt(await onChain(provider.getBlockNumber()))

/** Error: `unavailable` for whatever the node library throws. */
export async function onChain<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    if (cause instanceof SnetError) throw cause
    throw new SnetError('unavailable', `the Ethereum node did not answer: ${shortReason(cause)}`, {
      cause,
    })
  }
}
