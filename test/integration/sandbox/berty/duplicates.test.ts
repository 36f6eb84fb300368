import { expect, test } from 'vitest'
import type { BertyMessageEvent } from '../../../../src/shared/wire/index.js'
import { bodiesOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const quiet = { acks: { enabled: false, delayMs: [0, 0] as const, loss: 0 } }
const SENT = 60

/** How many of the keys are there twice. */
function twiceAmong(keys: readonly string[]): number {
  const times = new Map<string, number>()
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1)
  return [...times.values()].filter((each) => each === 2).length
}

const idsOf = (events: readonly BertyMessageEvent[]): string[] =>
  events.map(({ event_context }) => Buffer.from(event_context?.id ?? []).toString('hex'))

test('part of the messages come twice as the same event, in streams alone, and the truth has counted them', async () => {
  await using world = await openBerties(['a', 'b'], { settings: { ...quiet, repeatEvents: 0.3 } })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const live = b.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
  for (let at = 0; at < SENT; at++) await a.say(group, String(at))
  const { counts } = await settled(world.net, SENT)
  await until('repeats and all have come live', () => live.events.length === SENT + counts.repeats)
  expect(twiceAmong(idsOf(live.events))).toBe(counts.repeats)
  expect(counts.repeats).toBeGreaterThan(5)
  expect(counts.repeats).toBeLessThan(35)
  expect(counts.duplicates).toBe(counts.repeats)
  expect(await b.history(group)).toHaveLength(SENT)
})

test('part of the messages come under a second id, which lists keep, and the truth has counted them', async () => {
  await using world = await openBerties(['a', 'b'], { settings: { ...quiet, doubleMessages: 0.3 } })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  for (let at = 0; at < SENT; at++) await a.say(group, String(at))
  const { counts, messages } = await settled(world.net, SENT)
  const listed = await b.history(group)
  expect(new Set(idsOf(listed)).size).toBe(listed.length)
  expect(twiceAmong(bodiesOf(listed))).toBe(counts.duplicates)
  expect(listed).toHaveLength(SENT + counts.duplicates)
  expect(counts).toMatchObject({ repeats: 0, deliveredUser: SENT })
  expect(counts.duplicates).toBeGreaterThan(5)
  const ofEach = messages.map(({ members }) => members.get('b')?.duplicates ?? 0)
  expect(ofEach.filter((times) => times > 0)).toHaveLength(counts.duplicates)
  expect(await a.history(group)).toHaveLength(SENT)
})

test('without an open stream nothing is repeated, and the truth says so', async () => {
  await using world = await openBerties(['a', 'b'], { settings: { ...quiet, repeatEvents: 1 } })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await a.say(group, 'seen by no stream')
  const { counts } = await settled(world.net, 1)
  expect(counts).toMatchObject({ duplicates: 0, repeats: 0 })
  const live = b.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
  await until('the message has come live', () => live.events.length === 1)
  await a.say(group, 'seen by one')
  await until('both copies have come live', () => live.events.length === 3)
  expect(world.net.truth().counts).toMatchObject({ duplicates: 1, repeats: 1 })
})

async function settled(net: Awaited<ReturnType<typeof openBerties>>['net'], delivered: number) {
  await until('the truth counts what was delivered', () => net.truth().counts.deliveredUser === delivered)
  return net.truth()
}
