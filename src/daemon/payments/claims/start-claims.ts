import { SnetError } from '../../../shared/errors.js'
import type { ChannelId } from '../../../shared/units.js'
import { readFresh } from '../escrow/index.js'
import type { ChannelReading, PendingClaim } from '../ports.js'
import type { ClaimsDeps } from './deps.js'
import { requireMpe, requireProvider, type SignedByProvider } from './require-provider.js'
import { beginClaim } from './start-claim.js'

export interface StartClaims extends SignedByProvider {
  readonly channels: readonly ChannelId[]
  readonly block: bigint
}

/** What is signed has all ids in it: a request of millions would be work for a stranger to give. */
const MAX_CHANNELS = 1_000
const READ_AT_ONCE = 50

/** Begins the claims in the order of the request. The first that fails ends it; those before are begun all the same. */
export async function startClaims(deps: ClaimsDeps, request: StartClaims): Promise<PendingClaim[]> {
  requireMpe(deps.terms.current, request)
  if (request.channels.length > MAX_CHANNELS) {
    throw new SnetError(
      'invalid-request',
      `${request.channels.length} channels in one request, the most are ${MAX_CHANNELS}`,
      {
        hint: 'Send several requests.',
      },
    )
  }
  await requireProvider(deps, request, { asks: 'claims', ...request })
  const begun: PendingClaim[] = []
  for (let at = 0; at < request.channels.length; at += READ_AT_ONCE) {
    const channels = request.channels.slice(at, at + READ_AT_ONCE)
    // All of them wait for one reading of the newest block.
    const readings = await Promise.all(channels.map((channel) => readFresh(deps.escrow, channel)))
    for (const [i, channel] of channels.entries()) {
      begun.push(await beginClaim(deps, { channel, sendback: false }, readings[i] as ChannelReading))
    }
  }
  return begun
}
