import { expect, test } from 'vitest'
import type { BertyMessageEvent } from '../../../../src/shared/wire/index.js'
import { appOf, type Berty, bodiesOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const quiet = { acks: { enabled: false, delayMs: [0, 0] as const, loss: 0 } }

const sayMany = (berty: Berty, group: Buffer, count: number, prefix = ''): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => berty.say(group, `${prefix}${String(at)}`)))

test('a partition parts those on its sides; healed, they get what they missed in scrambled order', async () => {
  await using world = await openBerties(['a', 'b', 'c'], { settings: quiet })
  const [a, b, c] = world.berties
  const group = await foundGroup(a, b, c)
  const live = c.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
  world.net.partition(['a', 'b'], ['c'])
  for (let at = 0; at < 30; at++) await a.say(group, String(at))
  await until('b lists 30 events', async () => (await b.history(group)).length === 30)
  expect(live.events).toEqual([])
  world.net.heal()
  await until('30 events have come live', () => live.events.length === 30)
  const order = bodiesOf(live.events).map(Number)
  expect(order).not.toEqual(order.toSorted((one, other) => one - other))
  expect(new Set(order).size).toBe(30)
})

test('a third member that reaches both sides passes on', async () => {
  await using world = await openBerties(['a', 'b', 'c'], { settings: quiet })
  const [a, b, c] = world.berties
  const group = await foundGroup(a, b, c)
  world.net.partition(['a'], ['c'])
  await a.say(group, 'by way of b')
  await until('c lists one event', async () => (await c.history(group)).length === 1)
  expect(world.net.truth().messages[0]?.members.get('c')?.state).toBe('delivered')
})

test('what a group missed while it was closed comes when it is opened', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await b.protocol('DeactivateGroup', { group_pk: group })
  await sayMany(a, group, 20)
  await b.protocol('ActivateGroup', { group_pk: group })
  await until('b lists 20 events', async () => (await b.history(group)).length === 20)
})

test('lost messages stay lost, and the truth knows them', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  world.net.link('a', 'b', { loss: 0.5 })
  await sayMany(a, group, 40)
  await until('no message is pending for b', () =>
    world.net.truth().messages.every(({ members }) => members.get('b')?.state !== 'pending'),
  )
  world.net.heal()
  const arrived = (await b.history(group)).length
  const { counts } = world.net.truth()
  expect(counts).toMatchObject({ sentUser: 40, deliveredUser: arrived, lost: 40 - arrived })
  expect(counts.lost).toBeGreaterThan(5)
  expect(arrived).toBeGreaterThan(5)
})

test('a slow link is slow, one way', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  world.net.link('a', 'b', { delayMs: 400, jitterMs: 0 }, { isOneWay: true })
  await a.say(group, 'slow')
  await b.say(group, 'quick')
  await until('both are delivered', () => world.net.truth().counts.delivered === 2)
  const [slow, quick] = world.net
    .truth()
    .messages.map(({ sentAt, members }) => [...members.values()].map(({ deliveredAt = 0 }) => deliveredAt - sentAt))
  expect(slow?.[0]).toBeGreaterThanOrEqual(395)
  expect(quick?.[0]).toBeLessThan(slow?.[0] ?? 0)
})

test('acknowledgements can be switched off, and lost', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  world.net.acks({ loss: 1 })
  await a.say(group, 'no answer')
  await until('b lists one event', async () => (await b.history(group)).length === 1)
  world.net.acks({ loss: 0, delayMs: [0, 1] })
  const cid = await a.say(group, 'an answer')
  await until('a lists the acknowledgement', async () =>
    (await a.history(group)).some((event) => appOf(event).type === 6),
  )
  expect((await a.history(group)).map(appOf).filter(({ type }) => type === 6)).toEqual([{ type: 6, target_cid: cid }])
})

test('a message under two ids, and the same event twice in one stream', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const live = b.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
  await a.say(group, 'x')
  await until('one event has come live', () => live.events.length === 1)
  const id = live.events[0]?.event_context?.id ?? Buffer.alloc(0)
  world.net.duplicateMessage('b', group.toString('hex'), id, 'same-event')
  world.net.duplicateMessage('b', group.toString('hex'), id, 'second-id')
  await until('three events have come live', () => live.events.length === 3)
  const [first, second, third] = live.events
  expect(second).toEqual(first)
  expect(third).toMatchObject({ headers: first?.headers, message: first?.message })
  expect(third?.event_context?.id).not.toEqual(id)
  expect(await b.history(group)).toHaveLength(2)
  expect(world.net.truth().messages[0]?.members.get('b')?.duplicates).toBe(2)
})

test.each([
  [580_000, true],
  [590_000, false],
])('a text of %i bytes arrives by itself: %s', async (size, arrives) => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await a.say(group, 'x'.repeat(arrives ? size - 100 : size))
  const fate = (): string | undefined => world.net.truth().messages[0]?.members.get('b')?.state
  await until(
    `the large message is ${arrives ? 'delivered' : 'blocked'}`,
    () => fate() === (arrives ? 'delivered' : 'blocked'),
  )
  if (arrives) return
  await a.say(group, 'small')
  await until('the large message is delivered', () => fate() === 'delivered')
  expect(bodiesOf(await b.history(group)).map((body) => body.length)).toEqual([size, 5])
})

test('a text of 3.3 MB never arrives, nor does what follows it', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await a.say(group, 'x'.repeat(3_300_000))
  await a.say(group, 'small')
  await b.say(group, 'the other way works')
  await until('a lists three events', async () => (await a.history(group)).length === 3)
  const states = world.net.truth().messages.map(({ members }) => [...members.values()].map(({ state }) => state))
  expect(states).toEqual([['blocked'], ['blocked'], ['delivered']])
})
