import { type ChannelId, channelId, type ChannelNonce, channelNonce, isUint256 } from '../../../shared/units.js'

/** What the keys of a payment group begin with. */
export interface SharedPlace {
  readonly network: string
  readonly organization: string
  /** Payment group id in base64, as in metadata. */
  readonly group: string
  /** Escrow contract in its EIP-55 spelling. */
  readonly mpe: string
}

/**
 * Where everything lies in etcd: the keys of the reference (snet-wire 6.1), whose daemons share the store. Every layer
 * of a prefix adds a slash and the inner ones begin with another, hence the double ones.
 */
export interface SharedKeys {
  /** What every key of the group begins with. */
  readonly base: string
  /** What all keys of channels, and no others, begin with; so for claims and locks. */
  readonly channels: string
  readonly claims: string
  readonly locks: string
  /** What is ours alone. The reference lists nothing here, and could not read it. */
  readonly own: string
  channel(id: ChannelId): string
  lock(id: ChannelId): string
  claim(id: ChannelId, nonce: ChannelNonce): string
  /** The channel of a channel's or a lock's key; undefined for every other key. */
  channelOf(key: string): ChannelId | undefined
  claimOf(key: string): { readonly channel: ChannelId; readonly nonce: ChannelNonce } | undefined
}

/** The values of lock keys. The reference never deletes one, so that both an absent and an unlocked key are free. */
export const LOCKED = 'locked'
export const UNLOCKED = 'unlocked'

export function createKeys(place: SharedPlace): SharedKeys {
  const base = `${place.network}/${place.organization}/${place.group}`
  const channels = `${base}/${place.mpe}//payment-channel/storage/`
  const locks = `${base}/${place.mpe}//payment-channel/lock/`
  const claims = `${base}/${place.mpe}//payment/storage/`
  return {
    base,
    channels,
    claims,
    locks,
    own: `${base}//snetd/`,
    channel: (id) => `${channels}{ID: ${id}}`,
    lock: (id) => `${locks}{ID: ${id}}`,
    claim: (id, nonce) => `${claims}${id}/${nonce}`,
    channelOf(key) {
      const prefix = [channels, locks].find((each) => key.startsWith(each))
      const [, digits] = prefix === undefined ? [] : (/^\{ID: (\d+)\}$/.exec(key.slice(prefix.length)) ?? [])
      const id = readNumber(digits)
      return id === undefined ? undefined : channelId(id)
    },
    claimOf(key) {
      const [, ...digits] = (key.startsWith(claims) && /^(\d+)\/(\d+)$/.exec(key.slice(claims.length))) || []
      const [channel, nonce] = digits.map(readNumber)
      return channel === undefined || nonce === undefined
        ? undefined
        : { channel: channelId(channel), nonce: channelNonce(nonce) }
    },
  }
}

const MAX_DIGITS = 78

/** A number as keys spell it: two spellings of one channel would be two channels. */
function readNumber(digits = ''): bigint | undefined {
  if (!/^(0|[1-9]\d*)$/.test(digits) || digits.length > MAX_DIGITS) return undefined
  const value = BigInt(digits)
  return isUint256(value) ? value : undefined
}
