import { describe, expect, test } from 'vitest'
import type { Era, MessageRecord } from '../../../../src/sandbox/berty/index.js'
import { scaleOf } from '../../../../src/sandbox/berty/load.js'
import { BERTY } from '../../../../src/shared/wire/index.js'
import { appOf, type Berty, bodiesOf, clientOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

/** Times as they are written, whatever the suites' factor. */
const AS_WRITTEN = { scale: 1, eventMs: [0, 0], sendMs: [0, 0], slowSends: 0, lateAcks: 0 } as const
const NO_ACKS = { acks: { enabled: false, delayMs: [0, 0] as const, loss: 0 } }

const msOf = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await act()
  return performance.now() - begun
}

test('a list costs its length, more so after a restart, and a restart costs the length of the store', async () => {
  const load = {
    ...AS_WRITTEN,
    listFirstMs: [50, 50],
    listEntryMs: [4, 4],
    startMs: [0, 0],
    startEventMs: [5, 5],
  } as const
  await using world = await openBerties(['a'], { load })
  const [a] = world.berties
  const group = await foundGroup(a)
  for (let sent = 0; sent < 20; sent++) await a.say(group, String(sent))
  expect(await msOf(() => a.history(group))).toBeGreaterThan(50 + 20 * 4 - 5)
  expect(await msOf(() => a.peer.restart())).toBeGreaterThan(20 * 5)
  using again = clientOf(a.peer)
  expect(await msOf(() => again.history(group))).toBeGreaterThan(50 + 20 * 40 - 5)
})

test('sends that are asked for at once take their turns, in any order, some of them for long', async () => {
  const load = { ...AS_WRITTEN, sendMs: [5, 5], slowSends: 1, slowSendMs: [8, 8] } as const
  await using world = await openBerties(['a'], { load })
  const [a] = world.berties
  const group = await foundGroup(a)
  const asked = Array.from({ length: 20 }, (_, at) => String(at))
  expect(await msOf(() => Promise.all(asked.map((body) => a.say(group, body))))).toBeGreaterThan(20 * 8 - 5)
  const taken = bodiesOf(await a.history(group)).reverse()
  expect(taken).not.toEqual(asked)
  expect([...taken].sort()).toEqual([...asked].sort())
})

test('what comes faster than it is worked off waits, and then comes in any order', async () => {
  await using world = await openBerties(['a', 'b'], { load: AS_WRITTEN, settings: NO_ACKS })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const live = b.stream('GroupMessageList', { group_pk: group, since_now: true })
  world.net.settings.load.eventMs = [6, 6]
  await Promise.all(Array.from({ length: 80 }, (_, at) => a.say(group, String(at))))
  const { messages } = world.net.truth()
  const pending = () => messages.filter(({ members }) => members.get('b')?.state === 'pending').length
  expect(pending()).toBeGreaterThan(20)
  await until('everything is there', () => live.events.length === 80)
  expect(pending()).toBe(0)
  const counters = live.events.map(({ headers }) => Number((headers as { counter: string }).counter))
  expect(counters).not.toEqual([...counters].sort((one, other) => one - other))
  const byPlace = [...messages].sort((one, other) => placeOf(one) - placeOf(other))
  expect(counters).toEqual(byPlace.map(({ counter }) => Number(counter)))
})

const placeOf = ({ members }: MessageRecord): number => members.get('b')?.place ?? -1

test('nothing is scrambled where the order is to be kept', async () => {
  const settings = { ...NO_ACKS, link: { delayMs: 1, jitterMs: 0, loss: 0 } }
  await using world = await openBerties(['a', 'b'], { load: { ...AS_WRITTEN, scrambles: false }, settings })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const live = b.stream('GroupMessageList', { group_pk: group, since_now: true })
  world.net.settings.load.eventMs = [3, 3]
  await Promise.all(Array.from({ length: 60 }, (_, at) => a.say(group, String(at))))
  await until('everything is there', () => live.events.length === 60)
  const counters = live.events.map(({ headers }) => Number((headers as { counter: string }).counter))
  expect(counters).toEqual([...counters].sort((one, other) => one - other))
})

test('the list of members comes later than anything else', async () => {
  const load = { ...AS_WRITTEN, listFirstMs: [1, 1], membersMs: [200, 200] } as const
  await using world = await openBerties(['a'], { load })
  const [a] = world.berties
  const group = await foundGroup(a)
  const order: string[] = []
  const members = msOf(() => a.metadata(group)).finally(() => order.push('members'))
  await a.history(group).finally(() => order.push('messages'))
  expect(await members).toBeGreaterThan(199)
  expect(order).toEqual(['messages', 'members'])
})

test('acknowledgements may come long after everything else', async () => {
  const load = { ...AS_WRITTEN, lateAcks: 1, lateAckMs: [400, 400] } as const
  await using world = await openBerties(['a', 'b'], { load })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await a.say(group, 'hello')
  const isAck = (berty: Berty) => async () =>
    (await berty.history(group)).some((event) => appOf(event).type === BERTY.appType.acknowledge)
  const took = await msOf(() => until('the acknowledgement is back', isAck(a)))
  expect(took).toBeGreaterThan(399)
})

describe('generations together', () => {
  const together = async (...eras: [Era, Era]) => {
    const world = await openBerties([])
    const berties = []
    for (const [at, era] of eras.entries()) berties.push(clientOf(await world.net.startPeer({ name: `${at}`, era })))
    return { world, berties: berties as [Berty, Berty] }
  }
  const learned = async (berty: Berty, group: Buffer): Promise<number> => (await berty.metadata(group)).length

  test('a group made at head is never ready with an older one alone; a second of head cures it', async () => {
    const { world, berties } = await together('E', 'C')
    await using _closing = world
    const [head, older] = berties
    const { group_pk } = await head.protocol('MultiMemberGroupCreate')
    const { group } = await head.protocol('MultiMemberGroupInvitationCreate', { group_pk })
    for (const name of ['MultiMemberGroupJoin', 'ActivateGroup']) await older.protocol(name, { group, group_pk })
    await until('head knows of the older one', async () => (await learned(head, group_pk as Buffer)) >= 5)
    expect(await learned(older, group_pk as Buffer)).toBe(2)
    using second = clientOf(await world.net.startPeer({ name: 'second' }))
    for (const name of ['MultiMemberGroupJoin', 'ActivateGroup']) await second.protocol(name, { group, group_pk })
    await until('the older one knows of head', async () => (await learned(older, group_pk as Buffer)) > 5)
    for (const berty of berties) berty[Symbol.dispose]()
  })

  test('a group made at the older one is ready, and the older one takes longer for everything', async () => {
    const { world, berties } = await together('C', 'E')
    await using _closing = world
    await foundGroup(...berties)
    const [older, head] = berties
    expect(older.peer.traits.slowness).toBeGreaterThan(head.peer.traits.slowness)
    for (const berty of berties) berty[Symbol.dispose]()
  })
})

test('the factor is a number or a fraction, and never nothing', () => {
  expect([scaleOf(undefined), scaleOf('1/20'), scaleOf('0.5'), scaleOf('1')]).toEqual([0.05, 0.05, 0.5, 1])
  for (const written of ['0', '-1', 'fast', '1/0']) expect(() => scaleOf(written)).toThrow('BERTY_LOAD_SCALE')
})
