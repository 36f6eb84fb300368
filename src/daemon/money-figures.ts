import type { Chain } from './chain/index.js'
import type { Metrics, Sample } from './observability/index.js'
import type { Outstanding, Payments } from './payments/index.js'

export interface MoneySources {
  readonly payments: Pick<Payments, 'inFlight' | 'kept'>
  readonly outstanding: () => Promise<Outstanding>
  /** Channels of which something is kept. */
  readonly channels: () => Promise<number>
}

/** Amounts are cogs, the smallest unit of the token, as near as a double comes to them. */
export function measureMoney(metrics: Metrics, { payments, outstanding, channels }: MoneySources): void {
  const total = (name: string, help: string, read: () => number): void =>
    metrics.total({ name, help }, () => [[read()]])
  const gauge = (name: string, help: string, read: () => number): void =>
    metrics.gauge({ name, help }, () => [[read()]])
  total('snetd_payments_kept_total', 'Payments that were kept since the start.', () => payments.kept.payments)
  total('snetd_earned_cogs_total', 'What they have brought in.', () => Number(payments.kept.cogs))
  gauge('snetd_payments_in_flight', 'Payments of calls that are being served.', () => payments.inFlight.payments)
  gauge('snetd_held_cogs', 'What they will bring in.', () => Number(payments.inFlight.cogs))
  metrics.gauge({ name: 'snetd_channels', help: 'Channels of which something is kept.' }, async () => [
    [await channels()],
  ])
  measureOutstanding(metrics, outstanding)
}

/** Replicas that share a store tell the same here: the largest of them counts, and not their sum. */
function measureOutstanding(metrics: Metrics, outstanding: () => Promise<Outstanding>): void {
  metrics.gauge(
    {
      name: 'snetd_unclaimed_cogs',
      help: 'Authorised by clients and not collected: only signed, or in claims that wait for the chain.',
      labels: ['state'],
    },
    async () => {
      const { signed, inClaims } = await outstanding()
      return [
        [Number(signed), 'signed'],
        [Number(inClaims), 'in_claims'],
      ]
    },
  )
  const labels = ['blocks']
  metrics.gauge(
    {
      name: 'snetd_expiring_cogs',
      help: 'What is signed on channels that expire within so many blocks: lost if it is not claimed by then.',
      labels,
    },
    async () => (await outstanding()).expiring.map(({ blocks, cogs }) => [Number(cogs), String(blocks)]),
  )
  metrics.gauge(
    {
      name: 'snetd_expiring_channels',
      help: 'Channels that expire within so many blocks, and on which something is signed.',
      labels,
    },
    async () => (await outstanding()).expiring.map(({ blocks, channels }) => [channels, String(blocks)]),
  )
}

export function measureChain(metrics: Metrics, chain: Pick<Chain, 'health' | 'nodes'>): void {
  const labels = ['node']
  metrics.gauge({ name: 'snetd_chain_node_used', help: '1 for the Ethereum node that is asked.', labels }, () =>
    chain.nodes.map(({ node, isUsed }) => [Number(isUsed), node]),
  )
  metrics.gauge({ name: 'snetd_chain_node_failing', help: '1 for a node that is left alone.', labels }, () =>
    chain.nodes.map(({ node, fault }) => [Number(fault !== undefined), node]),
  )
  const known = (value: number | undefined): readonly Sample[] => (value === undefined ? [] : [[value]])
  metrics.gauge({ name: 'snetd_chain_block', help: 'The newest block that was seen.' }, () => {
    const { block } = chain.health()
    return known(block === undefined ? undefined : Number(block))
  })
  metrics.gauge({ name: 'snetd_chain_age_seconds', help: 'Since the chain was last seen to end there.' }, () => {
    const { ageMs } = chain.health()
    return known(ageMs === undefined ? undefined : ageMs / 1000)
  })
}
