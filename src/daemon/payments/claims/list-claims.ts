import { SnetError } from '../../../shared/errors.js'
import type { BlockNumber, ChannelId, ChannelNonce, Cogs } from '../../../shared/units.js'
import { readFresh } from '../escrow/index.js'
import type { ChannelReading, ChannelRecord, PendingClaim } from '../ports.js'
import type { ClaimsDeps } from './deps.js'

/** What clients have signed under a channel's nonce, and nobody has begun to claim. */
export interface Unclaimed {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  readonly amount: Cogs
  readonly expiration: BlockNumber
}

/** A claim that was begun and is not seen on chain. */
export interface ClaimInProgress extends PendingClaim {
  /** Undefined where neither chain nor store knows it now. */
  readonly expiration: BlockNumber | undefined
}

type ClaimLists = Pick<ClaimsDeps, 'store' | 'escrow' | 'channels'>

/** What was signed under a nonce that the chain has left behind is spent, and not told. */
export async function listUnclaimed({ store, escrow }: ClaimLists): Promise<Unclaimed[]> {
  const found: Unclaimed[] = []
  for await (const record of store.list()) {
    if (record.authorized === 0n) continue
    const chain = escrow.cached(record.id)?.channel
    if (chain && chain.nonce > record.nonce) continue
    found.push({
      channel: record.id,
      nonce: record.nonce,
      amount: record.authorized,
      expiration: chain?.nonce === record.nonce ? chain.expiration : record.expiration,
    })
  }
  return found
}

/** What is lost if it is not claimed within so many blocks, the most urgent first. Error: `unavailable` while no block is known. */
export async function listExpiring(
  deps: ClaimLists & Pick<ClaimsDeps, 'blocks'>,
  blocks: number,
): Promise<readonly Unclaimed[]> {
  const last = deps.blocks.current() + BigInt(blocks)
  const near = (await listUnclaimed(deps)).filter(({ expiration }) => expiration <= last)
  return near.sort((a, b) => (a.expiration < b.expiration ? -1 : 1))
}

/** A claim whose transaction is seen is not told; it comes back should the chain take that transaction back. */
export async function listInProgress(deps: ClaimLists): Promise<ClaimInProgress[]> {
  const claims: PendingClaim[] = []
  for await (const claim of deps.store.listClaims()) {
    if (claim.amount > 0n && claim.signature.length > 0) claims.push(claim)
  }
  // All of them wait for one reading of the newest block.
  const found = await Promise.all(claims.map((claim) => unlessSettled(deps, claim)))
  return found.filter((claim) => claim !== undefined).sort(byChannelAndNonce)
}

async function unlessSettled(deps: ClaimLists, claim: PendingClaim): Promise<ClaimInProgress | undefined> {
  const chain = (await readIfPossible(deps, claim))?.channel
  if (chain && chain.nonce > claim.nonce) return undefined
  const known: Pick<ChannelRecord, 'expiration'> | undefined = chain ?? (await deps.channels.read(claim.channel))
  return { ...claim, expiration: known?.expiration }
}

/** A channel is claimed in the order of its nonces. */
const byChannelAndNonce = (a: PendingClaim, b: PendingClaim): number =>
  a.channel === b.channel ? (a.nonce < b.nonce ? -1 : 1) : a.channel < b.channel ? -1 : 1

/** Money that is told once too often does no harm, so a node that is away hides none. */
async function readIfPossible({ escrow }: ClaimLists, { channel }: PendingClaim): Promise<ChannelReading | undefined> {
  try {
    return await readFresh(escrow, channel)
  } catch (fault) {
    if (fault instanceof SnetError && fault.kind === 'unavailable') return undefined
    throw fault
  }
}
