import { messageOf, SnetError } from '../../../shared/errors.js'
import { type JwtClaims, readJwt, signJwt } from '../../../shared/jwt.js'
import { type Address, type ChannelId, isAddress, ZERO_ADDRESS } from '../../../shared/units.js'

/** What tokens are made of, besides channel and user: the same for all replicas of a group (snet-wire 3.5). */
export interface TokenTerms {
  readonly organization: string
  /** Id of the payment group in base64, as in metadata. */
  readonly group: string
  readonly lifetimeMs: number
  /** Signs them. Asked for with the first token, so that a daemon without any needs none. */
  readonly secret: () => Promise<string>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Whose calls a token pays for. */
export interface TokenHolder {
  readonly channel: ChannelId
  readonly user: Address
}

export async function issueToken(terms: TokenTerms, { channel, user }: TokenHolder): Promise<string> {
  const claims = {
    exp: Math.floor((terms.now() + terms.lifetimeMs) / 1_000),
    groupId: terms.group,
    orgId: terms.organization,
    payload: String(channel),
    userAddress: user,
  }
  return signJwt(claims, await terms.secret())
}

/** Whose a token is, or why it is none. */
export type ReadToken = { readonly user: Address } | { readonly refusal: SnetError }

/** The user of a token of this channel, or why it is none, in the words that clients know. */
export async function readToken(terms: TokenTerms, token: string, channel: ChannelId): Promise<ReadToken> {
  const secret = await terms.secret()
  try {
    return { user: judgeClaims(readJwt(token, secret, terms.now()), terms, channel) }
  } catch (fault) {
    const refusal = new SnetError('forbidden', `internal error: ${messageOf(fault)}`, {
      hint: 'Ask for a token of this channel with GetToken.',
    })
    return { refusal }
  }
}

function judgeClaims(
  { payload, orgId, groupId, userAddress }: JwtClaims,
  terms: TokenTerms,
  channel: ChannelId,
): Address {
  if (payload !== String(channel))
    throw new Error(`payload ${shown(payload)} used to generate the Token doesnt match expected values`)
  if (orgId !== terms.organization) throw new Error(`organization ${shown(orgId)} is not associated with this Daemon`)
  if (groupId !== terms.group) throw new Error(`groupId ${shown(groupId)} is not associated with this Daemon`)
  return typeof userAddress === 'string' && isAddress(userAddress) ? (userAddress as Address) : ZERO_ADDRESS
}

const shown = (claim: unknown): string => String(claim).slice(0, 200)
