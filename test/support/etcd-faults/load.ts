import type { ChannelId } from '../../../src/shared/units.js'
import { Dice } from '../attacker/dice.js'
import { ADD, askState, asMetadata, paymentHeaders, TWO_AND_THREE } from '../payer.js'
import { takeTime } from '../take-time.js'
import type { Event, Outcome } from './check-history.js'
import type { Group, Replica } from './group.js'

/** Clients of a group that pay on, one for each channel, whatever happens to it. */
export interface Load {
  /** What they have seen so far. */
  readonly events: Event[]
  /** How each call ended, with how many did. */
  readonly ends: Map<string, number>
  /** When the channel last sold something; undefined before the first time. */
  lastSale(channel: ChannelId): number | undefined
  /** Lets every client finish its call, and read what is kept in the end. */
  stop(): Promise<void>
}

const CALL_LIMIT_MS = 4_000
/** Clients of real services do something between two calls. */
const PAUSE_MS = 5
const AFTER_FAILURE_MS = 50

const OK = 0
/** Answers after which nothing was kept: busy, not paid rightly, another nonce. */
const REFUSALS = [9, 16, 1000]

export function startLoad(group: Group, seed: string): Load {
  const events: Event[] = []
  const ends = new Map<string, number>()
  const sales = new Map<ChannelId, number>()
  let isStopped = false
  const seen = (code: number, details: string): void => {
    const text = `${code} ${details.replaceAll(/\d+/g, 'N').slice(0, 90)}`
    ends.set(text, (ends.get(text) ?? 0) + 1)
  }
  const pay = async (replica: Replica, channel: ChannelId, amount: bigint): Promise<Outcome> => {
    const metadata = asMetadata(paymentHeaders(group.network, { channel, amount }))
    const start = performance.now()
    const deadline = new Date(Date.now() + CALL_LIMIT_MS)
    const { code, details, messages } = await replica.client.call(ADD, [TWO_AND_THREE], { metadata, deadline })
    const end = performance.now()
    const outcome = code === OK && messages.length === 1 ? 'ok' : REFUSALS.includes(code) ? 'refused' : 'unknown'
    seen(code, details)
    events.push({ kind: 'payment', channel, start, end, amount, outcome })
    if (outcome === 'ok') sales.set(channel, end)
    return outcome
  }
  const read = async (replica: Replica, channel: ChannelId): Promise<bigint | undefined> => {
    const start = performance.now()
    try {
      const { amount } = await askState(group.network, replica.client, channel, CALL_LIMIT_MS)
      events.push({ kind: 'reading', channel, start, end: performance.now(), amount })
      return amount
    } catch {
      return undefined
    }
  }
  const client = async (channel: ChannelId): Promise<void> => {
    const dice = new Dice(`${seed} ${channel}`)
    const { replicas } = group
    const price = BigInt(group.network.priceInCogs)
    let confirmed = 0n
    let replica = dice.pick(replicas)
    while (!isStopped) {
      // Now and then the same signature goes to two at once: one amount buys one call.
      const asked = dice.oneIn(10) ? [replica, dice.pick(replicas)] : [replica]
      const outcomes = await Promise.all(asked.map((each) => pay(each, channel, confirmed + price)))
      if (outcomes.includes('ok')) {
        confirmed += price
        if (dice.oneIn(4)) replica = dice.pick(replicas)
        await takeTime(PAUSE_MS)
        continue
      }
      await takeTime(AFTER_FAILURE_MS)
      replica = dice.pick(replicas)
      confirmed = (await read(replica, channel)) ?? confirmed
    }
  }
  const clients = group.channels.map((channel) => client(channel))
  return {
    events,
    ends,
    lastSale: (channel) => sales.get(channel),
    async stop() {
      isStopped = true
      await Promise.all(clients)
      for (const replica of group.replicas) await Promise.all(group.channels.map((channel) => read(replica, channel)))
    },
  }
}
