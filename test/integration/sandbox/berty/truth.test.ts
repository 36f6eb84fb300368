import { expect, test } from 'vitest'
import { cidText } from '../../../../src/sandbox/berty/keys.js'
import { type Berty, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const idsAt = async (berty: Berty, group: Buffer): Promise<string[]> =>
  (await berty.history(group)).map(({ event_context }) => cidText(event_context?.id ?? Buffer.alloc(0)))

test('the truth is what the lists of all members show, after partitions, losses, a freeze and a restart', async () => {
  await using world = await openBerties(['a', 'b', 'c', 'd'], { seed: 'chaos' })
  const { net, berties } = world
  const [a, b, c, d] = berties
  const group = await foundGroup(a, b, c, d)
  const burst = async (...from: Berty[]): Promise<void> => {
    await Promise.all(from.flatMap((berty) => Array.from({ length: 15 }, (_, at) => berty.say(group, String(at)))))
  }
  net.link('a', 'b', { loss: 0.2 })
  await burst(a, b, c, d)
  net.partition(['a', 'b'], ['c', 'd'])
  await burst(a, d)
  d.peer.hang()
  await burst(b)
  net.heal()
  d.peer.unhang()
  await c.peer.stop()
  await burst(a)
  await c.peer.restart()
  const isPending = (): boolean =>
    net.truth().messages.some(({ members }) => [...members.values()].some(({ state }) => state === 'pending'))
  // Acknowledgements of the last arrivals may still be to come, a second later where all are slow.
  let settled = -1
  await until(
    'nothing is sent any more',
    () => {
      const before = settled
      settled = net.truth().counts.sent
      return before === settled && !isPending()
    },
    { everyMs: 2_000 },
  )

  const { messages, counts } = net.truth()
  for (const berty of berties) {
    const { name } = berty.peer
    const expected = messages.filter(
      ({ sender, members }) => sender === name || members.get(name)?.state === 'delivered',
    )
    expect((await idsAt(berty, group)).sort()).toEqual(expected.map(({ cid }) => cid).sort())
  }
  const fates = messages.flatMap(({ members }) => [...members.values()])
  const count = (state: string): number => fates.filter((fate) => fate.state === state).length
  expect(counts).toMatchObject({
    sent: messages.length,
    delivered: count('delivered'),
    lost: count('lost'),
    unkeyed: 0,
  })
  expect(counts.lost).toBeGreaterThan(0)
  const users = messages.filter(({ kind }) => kind === 'user')
  expect(users).toHaveLength(8 * 15)
  const targets = new Set(users.map(({ cid }) => cid))
  for (const { kind, target } of messages) if (kind === 'acknowledge') expect(targets).toContain(target)
})

test('limits bound what is kept, and the counts stay complete', async () => {
  await using world = await openBerties(['a', 'b'], { keepMessages: 20, keepTruth: 10 })
  const [a, b] = world.berties
  world.net.acks({ enabled: false })
  const group = await foundGroup(a, b)
  for (let round = 0; round < 20; round++)
    await Promise.all(Array.from({ length: 20 }, (_, at) => a.say(group, String(at))))
  await until('400 messages are delivered', () => world.net.truth().counts.deliveredUser === 400)
  expect(world.net.truth().messages).toHaveLength(10)
  expect((await b.history(group)).length).toBeLessThan(120)
  expect((await b.history(group)).length).toBeGreaterThanOrEqual(20)
})
