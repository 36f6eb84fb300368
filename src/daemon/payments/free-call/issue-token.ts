import { SnetError } from '../../../shared/errors.js'
import { requireRecent } from '../escrow/index.js'
import { NOT_ALLOWED, RESTRICTED } from '../not-allowed.js'
import type { FreeCallUser } from '../ports.js'
import type { FreeCallDeps } from './deps.js'
import { judgeSigner } from './judge-signer.js'
import { formatToken } from './token.js'
import { requireUserId } from './user-id.js'

/** GetFreeCallToken as asked. */
export interface TokenRequest {
  readonly address: string
  readonly userId: string
  readonly block: bigint
  /** Layout S8. */
  readonly signature: Uint8Array
  /** In blocks. */
  readonly lifetime: bigint | undefined
}

export interface IssuedToken {
  readonly token: Uint8Array
  /** The last block at which it counts. */
  readonly expiration: bigint
}

/** Blocks, and 30 days of 15 seconds. What is longer is cut to it without a word. */
const MAX_LIFETIME = 172_800n

/** Answers GetFreeCallToken. Order and texts: snet-wire 1.2. */
export async function issueToken(deps: FreeCallDeps, request: TokenRequest): Promise<IssuedToken> {
  const { signatures, blocks, trusted } = deps
  requireIssuer(deps, 'error in generating token')
  requireUserId(request.userId)
  const address = await provenAddress(deps, request)
  const user: FreeCallUser = { address, userId: request.userId }
  if (!trusted.includes(address)) {
    if (request.userId !== '') throw new SnetError('forbidden', UNTRUSTED, { hint: UNTRUSTED_HINT })
    await requireBalance(deps, user)
  }
  const { lifetime = MAX_LIFETIME } = request
  const expiration = blocks.current() + (lifetime <= MAX_LIFETIME ? lifetime : MAX_LIFETIME)
  return { token: formatToken({ signature: signatures.signToken(user, expiration), expiration }), expiration }
}

/** Free calls are switched on by two: the key here, and its address in the metadata. */
export function requireIssuer({ signatures, terms }: FreeCallDeps, doing: string): void {
  if (signatures.issuer !== undefined && signatures.issuer === terms.current.signer) return
  throw noFreeCalls(doing)
}

/** The text of the reference, whatever the reason is. */
export const noFreeCalls = (doing: string): SnetError =>
  new SnetError('wrong-state', `${doing} because blockchain is disabled, contact service provider`, {
    hint: 'The provider has to set private_key_for_free_calls, and to publish its address as free_call_signer_address.',
  })

async function provenAddress(deps: FreeCallDeps, request: TokenRequest): Promise<FreeCallUser['address']> {
  const { signatures, blocks, mayPay } = deps
  const signer = signatures.ofTokenRequest(request, request.block, request.signature)
  if (signer && !(mayPay?.(signer) ?? true)) throw new SnetError('forbidden', NOT_ALLOWED, { hint: `${RESTRICTED}.` })
  const proven = judgeSigner(request.signature, signer, {
    address: signatures.parseAddress(request.address),
    mismatch: (found) => `invalid signer, ${request.address} (from request) is not equal to ${found} (signer)`,
  })
  if ('fault' in proven)
    throw new SnetError('unauthenticated', proven.fault, {
      hint: 'Sign with the key of the address that the request names.',
    })
  await requireRecent(blocks, request.block, blocks.current())
  return proven.signer
}

const UNTRUSTED = 'your address is not trusted by this service provider, the use of user_id is not allowed'
const UNTRUSTED_HINT = 'Leave user_id out, or ask the provider to add the address to trusted_free_call_signers.'

async function requireBalance({ balances, minBalance }: FreeCallDeps, { address }: FreeCallUser): Promise<void> {
  if (minBalance === 0 || (await balances.holds(address, minBalance))) return
  const text = `you must have at least ${minBalance} FET (ASI) in your balance to use free calls`
  throw new SnetError('forbidden', text, { hint: 'The balance is looked at when a token is asked for.' })
}
