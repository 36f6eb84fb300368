import { aChannel, aRecord, group, provider, sender, signer, stranger } from '../../../support/channel-builders.js'
import { prepaidDeps } from '../../../support/prepaid-deps.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import { live } from '../../../../src/shared/live.js'
import { SnetError } from '../../../../src/shared/errors.js'
import type { EscrowChannel } from '../../../../src/shared/escrow-channel.js'
import { type Address, blockNumber, channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import {
  createClaims,
  createPayments,
  type PaymentsDeps,
  type Reservation,
  reserveEscrow,
} from '../../../../src/daemon/payments/index.js'
import type {
  ChannelRecord,
  ChannelWrite,
  ClaimStore,
  PaymentTerms,
  PendingClaim,
  ProviderRequest,
  SignedPayment,
} from '../../../../src/daemon/payments/ports.js'

export { aChannel, aRecord, provider, sender, signer, stranger }
export const METHOD = '/example.Calculator/add'

const terms: PaymentTerms = {
  mpe: stranger,
  groupId: group,
  recipient: provider,
  expirationThreshold: 100n,
}

/** Our fake signatures are the address of the signer in UTF-8, so that anybody can be made to have signed. */
export const signedBy = (who: Address): Uint8Array => Buffer.from(who)

/** Of a request of the provider, which its signature is bound to. */
export const asks = (who: Address, request: ProviderRequest): Uint8Array => Buffer.from(`${who} ${textOf(request)}`)
const textOf = (request: ProviderRequest): string => {
  const { asks, ...facts } = request
  const values = { sendback: false, ...facts }
  return `${asks} ${Object.entries(values)
    .filter(([name]) => ['block', 'channel', 'channels', 'nonce', 'sendback'].includes(name))
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort()
    .join(' ')}`
}

export function aPayment(changes: Partial<SignedPayment> = {}): SignedPayment {
  return { channel: channelId(7n), nonce: channelNonce(3n), amount: cogs(10n), signature: signedBy(signer), ...changes }
}

/**
 * Everything payments need, in memory: a chain that can move on while its cached reading stays, and a store that
 * counts holds. `refreshes` counts chain readings.
 */
export class World {
  chain: EscrowChannel | undefined = aChannel()
  cachedChain: EscrowChannel | undefined
  block = blockNumber(500n)
  chainAway = false
  refreshes = 0
  spent = 0
  /** Payments that a cached reading accepts. */
  spendLimit = Infinity
  blockRefreshes = 0
  price: bigint | undefined = 10n
  /** What the service answers that names its prices itself; undefined where the metadata does. */
  quote: (() => Promise<bigint>) | undefined
  readonly records = new Map<bigint, ChannelRecord>()
  readonly claims = new Map<string, PendingClaim>()
  readonly held = new Set<bigint>()
  readonly writes: ChannelWrite[] = []
  commitFails: SnetError | undefined

  readonly deps: PaymentsDeps = {
    channels: {
      hold: async (id) => {
        if (this.held.has(id))
          throw new SnetError('channel-busy', `another transaction on channel: {ID: ${id}} is in progress`)
        this.held.add(id)
        return {
          record: this.records.get(id),
          lost: new Cancellation(),
          commit: async (write) => {
            if (this.commitFails) throw this.commitFails
            this.writes.push(write)
            this.records.set(id, write.channel)
            const { claim } = write
            if (claim) this.claims.set(`${claim.channel}/${claim.nonce}`, claim)
          },
          [Symbol.asyncDispose]: async () => void this.held.delete(id),
        }
      },
      read: async (id) => this.records.get(id),
      readClaim: async (id, nonce) => this.claims.get(`${id}/${nonce}`),
    },
    escrow: {
      spend: () => ++this.spent > this.spendLimit,
      cached: () => this.cachedChain && { channel: this.cachedChain, block: this.block },
      refresh: async () => {
        if (this.chainAway) throw new SnetError('unavailable', 'the node is away')
        this.refreshes++
        this.cachedChain = this.chain
        return { channel: this.chain, block: this.block }
      },
    },
    blocks: {
      current: () => this.block,
      refresh: async () => {
        this.blockRefreshes++
        return this.block
      },
    },
    signers: {
      ofPayment: (_mpe, { signature }) => {
        const signer = addressIn(signature)
        return signer && { signer, signature }
      },
      ofStateRequest: (_mpe, { signature }) => addressIn(signature),
      ofProvider: (_mpe, request, signature) => {
        const [who = '', ...rest] = Buffer.from(signature).toString().split(' ')
        if (who.length !== 42) return undefined
        return rest.join(' ') === textOf(request) ? (who as Address) : SOMEONE_ELSE
      },
      ofTokenRequest: ({ signature }) => addressIn(signature),
    },
    prices: live({
      priceOf: () => (this.price === undefined ? undefined : cogs(this.price)),
      askedAt: () => this.quote && '/example.Calculator/price',
    }),
    terms: live(terms),
    ...prepaidDeps(),
  }
  readonly payments = createPayments(this.deps)

  readonly store: ClaimStore = {
    list: async function* (this: World) {
      yield* this.records.values()
    }.bind(this),
    listClaims: async function* (this: World) {
      yield* this.claims.values()
    }.bind(this),
    forgetClaim: async (id, nonce) => void this.claims.delete(`${id}/${nonce}`),
  }

  readonly claimsOf = createClaims({ ...this.deps, store: this.store })

  reserve(payment: SignedPayment): Promise<Reservation> {
    return reserveEscrow(this.deps, payment, {
      method: METHOD,
      cancelled: new Cancellation(),
      quote: async () => cogs((await this.quote?.()) ?? 0n),
    })
  }

  /** One whole paid call; resolves with the payer. */
  async pay(payment: SignedPayment): Promise<Address | undefined> {
    await using reservation = await this.reserve(payment)
    await reservation.commit()
    return reservation.payer
  }
}

/** Whom a signature over something else recovers to. */
export const SOMEONE_ELSE = `0x${'ee'.repeat(20)}` as Address

const addressIn = (signature: Uint8Array): Address | undefined =>
  signature.length === 42 ? (Buffer.from(signature).toString() as Address) : undefined
