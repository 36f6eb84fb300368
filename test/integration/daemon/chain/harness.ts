import { type Chain, type ChainConfig, openChain, openSigners } from '../../../../src/daemon/chain/index.js'
import {
  createPayments,
  type Payments,
  type PaymentsDeps,
  reserveEscrow,
} from '../../../../src/daemon/payments/index.js'
import type {
  ChannelReading,
  ChannelStore,
  ClaimStore,
  EscrowHistory,
  SignedPayment,
} from '../../../../src/daemon/payments/ports.js'
import { createMemoryRecords } from '../../../../src/daemon/storage/memory/memory-records.js'
import { OwnedChannels } from '../../../../src/daemon/storage/owned-channels.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import type { SnetError } from '../../../../src/shared/errors.js'
import { live } from '../../../../src/shared/live.js'
import { type BlockNumber, type ChannelId, cogs } from '../../../../src/shared/units.js'
import type { EscrowChain } from '../../../support/escrow-chain.js'
import { prepaidDeps } from '../../../support/prepaid-deps.js'
import { quietLog } from '../../../support/quiet-log.js'

const PRICE = 10n
const THRESHOLD = 100n
const HOUR = 3_600_000

/** One replica: its view of the chain, and payments judged by it. */
export interface Replica extends AsyncDisposable {
  readonly chain: Chain
  readonly payments: Payments
  readonly channels: ChannelStore & ClaimStore
  readonly deps: PaymentsDeps
  readonly history: EscrowHistory
  readonly log: string[]
  /** 'paid', or why not. */
  pay(payment: SignedPayment): Promise<string>
  cached(id: ChannelId): ChannelReading | undefined
  block(): BlockNumber
}

export interface ReplicaOptions {
  readonly config?: Partial<ChainConfig>
  /** Of another replica, to share it. */
  readonly channels?: Replica['channels']
}

/** Asks for blocks on its own only when told to: what it does in between is decided by payments alone. */
export async function openReplica(
  { rpc, contracts, provider, groupId }: EscrowChain,
  { config, channels }: ReplicaOptions = {},
): Promise<Replica> {
  const log: string[] = []
  const chain = await openChain(
    {
      network: 'local',
      chainId: 42,
      rpcUrl: rpc,
      registry: contracts.registry,
      pollIntervalMs: HOUR,
      staleLimitMs: HOUR,
      timeoutMs: 5_000,
      ...config,
    },
    { log: quietLog(log) },
  )
  const escrow = chain.watchEscrow(contracts.mpe)
  const store = channels ?? new OwnedChannels(createMemoryRecords())
  const deps: PaymentsDeps = {
    channels: store,
    escrow,
    blocks: chain.blocks,
    signers: openSigners({ log: quietLog() }),
    prices: live({ priceOf: () => cogs(PRICE) }),
    terms: live({
      mpe: contracts.mpe,
      groupId,
      recipient: toAddress(provider.address),
      expirationThreshold: THRESHOLD,
    }),
    ...prepaidDeps(),
  }
  return {
    chain,
    payments: createPayments(deps),
    channels: store,
    deps,
    history: escrow,
    log,
    pay: (payment) => pay(deps, payment),
    cached: (id) => escrow.cached(id),
    block: () => chain.blocks.current(),
    [Symbol.asyncDispose]: () => chain[Symbol.asyncDispose](),
  }
}

async function pay(deps: PaymentsDeps, payment: SignedPayment): Promise<string> {
  try {
    await using reservation = await reserveEscrow(deps, payment, {
      method: '/a.B/c',
      cancelled: new Cancellation(),
    })
    await reservation.commit()
    return 'paid'
  } catch (refusal) {
    const { kind, message } = refusal as SnetError
    return `${kind}: ${message}`
  }
}
