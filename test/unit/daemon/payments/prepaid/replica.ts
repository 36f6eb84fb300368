import {
  createPayments,
  type PaymentsDeps,
  type Reservation,
  reservePrepaid,
  type PrepaidTokenRequest,
} from '../../../../../src/daemon/payments/index.js'
import { createMemoryRecords } from '../../../../../src/daemon/storage/memory/memory-records.js'
import { OwnedChannels } from '../../../../../src/daemon/storage/owned-channels.js'
import type { RecordStore } from '../../../../../src/daemon/storage/record-store.js'
import { Cancellation } from '../../../../../src/shared/cancellation.js'
import { live } from '../../../../../src/shared/live.js'
import { channelId, channelNonce, cogs } from '../../../../../src/shared/units.js'
import { prepaidDeps } from '../../../../support/prepaid-deps.js'
import { aPayment, METHOD, sender, signedBy, type World } from '../world.js'

/** A request by the sender for a token over this amount in all. */
export const aTokenRequest = (
  amount: bigint,
  { nonce = 3n, ...changes }: Partial<PrepaidTokenRequest> & { nonce?: bigint } = {},
): PrepaidTokenRequest => ({
  payment: aPayment({ amount: cogs(amount), nonce: channelNonce(nonce), signature: signedBy(sender) }),
  block: 500n,
  signature: signedBy(sender),
  ...changes,
})

/** One daemon process over records that outlive it. */
export class Replica {
  readonly channels: OwnedChannels
  readonly deps: PaymentsDeps

  constructor(
    readonly world: World,
    records: RecordStore = createMemoryRecords(),
    name = 'first',
  ) {
    this.channels = new OwnedChannels(records)
    this.deps = { ...world.deps, channels: this.channels, ...prepaidDeps(records, name) }
  }

  ask(request: PrepaidTokenRequest, cancelled = new Cancellation()) {
    return createPayments(this.deps).requestToken(request, cancelled)
  }

  begin(token: string, nonce?: bigint, price?: bigint): Promise<Reservation> {
    const shown = { channel: channelId(7n), token, nonce: nonce === undefined ? undefined : channelNonce(nonce) }
    const deps = price === undefined ? this.deps : { ...this.deps, prices: live({ priceOf: () => cogs(price) }) }
    return reservePrepaid(deps, shown, { method: METHOD, cancelled: new Cancellation() })
  }

  /** One whole call that is served. */
  async call(token: string, nonce?: bigint): Promise<void> {
    await using reservation = await this.begin(token, nonce)
    await reservation.commit()
  }

  /** One whole call that fails. */
  async fail(token: string): Promise<void> {
    await using _reservation = await this.begin(token)
  }

  usage() {
    return this.deps.usages.read(channelId(7n))
  }
}
