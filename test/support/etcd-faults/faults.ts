import type { Dice } from '../attacker/dice.js'
import type { Etcd } from '../etcd.js'
import { takeTime } from '../take-time.js'
import type { Group } from './group.js'

/**
 * A disturbance of a group: it breaks something, lets it be broken for a while, and repairs it before it resolves. Where
 * every channel has to sell again although it is still broken, it waits for that.
 */
export interface Fault {
  readonly name: string
  /** Only where members can be cut off from one another. */
  readonly needsCuts?: boolean
  readonly run: (group: Group, dice: Dice, whenUsable: () => Promise<void>) => Promise<void>
}

/** How long a lease of a daemon lasts, and a little more. */
const BEYOND_LEASE_MS = 12_000

const briefly = (dice: Dice): Promise<void> => takeTime(dice.between(1_000, 4_000))

const leaderOf = async (group: Group): Promise<Etcd> => await group.leader()

export const FAULTS: readonly Fault[] = [
  {
    name: 'leader of etcd killed',
    run: async (group, dice) => {
      const leader = await leaderOf(group)
      await leader.kill()
      await briefly(dice)
      await leader.restart()
    },
  },
  {
    name: 'leader of etcd stopped',
    run: async (group, dice) => {
      const leader = await leaderOf(group)
      leader.pause()
      await briefly(dice)
      leader.resume()
    },
  },
  {
    name: 'leader of etcd cut off',
    needsCuts: true,
    run: async (group, dice) => {
      const leader = await leaderOf(group)
      group.cutOff?.(leader, true)
      await briefly(dice)
      group.cutOff?.(leader, false)
    },
  },
  {
    name: 'every member of etcd cut off from the others',
    needsCuts: true,
    run: async (group, dice) => {
      for (const member of group.members) group.cutOff?.(member, true)
      await briefly(dice)
      for (const member of group.members) group.cutOff?.(member, false)
    },
  },
  {
    name: 'every etcd killed',
    run: async (group, dice) => {
      await Promise.all(group.members.map((member) => member.kill()))
      await briefly(dice)
      await Promise.all(group.members.map((member) => member.restart()))
    },
  },
  {
    name: 'replica killed',
    run: async (group, dice) => {
      const replica = dice.pick(group.replicas)
      await replica.kill()
      await briefly(dice)
      await replica.start()
    },
  },
  {
    name: 'replica killed and gone for good',
    // The others sell on its channels once its lease is over.
    run: async (group, dice, whenUsable) => {
      const replica = dice.pick(group.replicas)
      await replica.kill()
      await whenUsable()
      await replica.start()
    },
  },
  {
    name: 'replica stopped beyond its lease',
    run: async (group, dice) => {
      const replica = dice.pick(group.replicas)
      replica.pause()
      await takeTime(BEYOND_LEASE_MS)
      replica.resume()
    },
  },
  {
    name: 'replica cut off from etcd beyond its lease',
    run: async (group, dice) => {
      const replica = dice.pick(group.replicas)
      for (const way of replica.ways) way.freeze({ newOnes: true })
      await takeTime(BEYOND_LEASE_MS)
      for (const way of replica.ways) way.thaw()
    },
  },
  {
    name: 'replica cut off from etcd for a moment',
    run: async (group, dice) => {
      const replica = dice.pick(group.replicas)
      for (const way of replica.ways) way.freeze({ newOnes: true })
      await briefly(dice)
      for (const way of replica.ways) way.thaw()
    },
  },
  {
    name: 'connections to etcd broken off',
    run: async (group) => {
      for (const { ways } of group.replicas) for (const way of ways) way.cut()
    },
  },
]

export const faultNamed = (name: string): Fault => {
  const found = FAULTS.find((fault) => fault.name === name)
  if (!found) throw new Error(`no fault is named "${name}": ${FAULTS.map((fault) => fault.name).join(', ')}`)
  return found
}
