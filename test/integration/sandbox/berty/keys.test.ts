import { expect, test } from 'vitest'
import { BERTY, type BertyMessageEvent } from '../../../../src/shared/wire/index.js'
import { bertyCodecs } from '../../../../src/shared/wire/grpc/index.js'
import { bodiesOf, foundGroup, openBerties, whenReady } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const quiet = { acks: { enabled: false, delayMs: [0, 0] as const, loss: 0 } }

test('who joins late never sees what was sent before', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a)
  await a.say(group, 'before')
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await b.protocol('MultiMemberGroupJoin', { group: invite })
  await b.protocol('ActivateGroup', { group_pk: group })
  await whenReady(group, [a, b])
  await a.say(group, 'after')
  await until('b lists an event', async () => (await b.history(group)).length > 0)
  expect(bodiesOf(await b.history(group))).toEqual(['after'])
  const [before, after] = world.net.truth().messages
  // Nobody was there to send it to; later members are not expected to have it.
  expect(before?.members.size).toBe(0)
  expect(after?.members.get('b')).toMatchObject({ keyed: true, state: 'delivered' })
})

test('a key that is written late leaves messages unreadable for good', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  world.net.keyDelay('a', 'b', { writeMs: 1500 })
  const group = await foundGroup(a)
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await b.protocol('MultiMemberGroupJoin', { group: invite })
  await b.protocol('ActivateGroup', { group_pk: group })
  await a.say(group, 'too early')
  await whenReady(group, [a, b])
  await a.say(group, 'in time')
  await until('b lists an event', async () => (await b.history(group)).length > 0)
  expect(bodiesOf(await b.history(group))).toEqual(['in time'])
  expect(world.net.truth().messages[0]?.members.get('b')).toMatchObject({ keyed: false, state: 'unkeyed' })
  expect(world.net.truth().counts.unkeyed).toBe(1)
})

test('messages wait for a key that arrives late, and come in one burst in another order', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  world.net.keyDelay('a', 'b', { arriveMs: 2500 })
  const group = await foundGroup(a)
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await b.protocol('MultiMemberGroupJoin', { group: invite })
  await b.protocol('ActivateGroup', { group_pk: group })
  const live = b.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
  const { member_pk } = await b.protocol('GroupInfo', { group_pk: group })
  const { device_pk } = await a.protocol('GroupInfo', { group_pk: group })
  const key = `${hex(device_pk as Buffer)} ${hex(member_pk as Buffer)}`
  await until('the key is written', async () => (await keysIn(a, group)).includes(key))
  for (let at = 0; at < 8; at++) await a.say(group, String(at))
  await until('all messages are withheld from b', () =>
    world.net.truth().messages.every(({ members }) => members.get('b')?.state === 'withheld'),
  )
  expect(live.events).toEqual([])
  await until('all eight messages have come live', () => live.events.length === 8)
  expect(bodiesOf(live.events)).not.toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
  expect(bodiesOf(live.events).sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
})

/** Device and destination of every chain key in the member's metadata. */
async function keysIn(berty: { metadata: (group: Buffer) => Promise<unknown[]> }, group: Buffer): Promise<string[]> {
  const events = (await berty.metadata(group)) as { metadata?: { event_type?: number }; event?: Uint8Array }[]
  return events
    .filter(({ metadata }) => metadata?.event_type === BERTY.event.chainKeyAdded)
    .map(({ event }) => bertyCodecs.chainKeyAdded.decode(event ?? Buffer.alloc(0)))
    .map(({ device_pk, dest_member_pk }) => `${hex(device_pk)} ${hex(dest_member_pk)}`)
}

const hex = (bytes?: Uint8Array): string => Buffer.from(bytes ?? []).toString('hex')

test('the metadata of a group of three: who founded it, each device, each key, keys for oneself, keys twice', async () => {
  await using world = await openBerties(['a', 'b', 'c'], { seed: 3 })
  const [a, b, c] = world.berties
  const group = await foundGroup(a, b, c)
  await until('every key is there and one is repeated', async () => {
    const keys = await keysIn(c, group)
    return keys.length > new Set(keys).size && new Set(keys).size === 9
  })
  const types = (await c.metadata(group)).map(({ metadata }) => metadata?.event_type)
  expect(types.filter((type) => type === BERTY.event.initialMember)).toHaveLength(1)
  expect(types.filter((type) => type === BERTY.event.memberDeviceAdded)).toHaveLength(3)
  const { member_pk, device_pk } = await a.protocol('GroupInfo', { group_pk: group })
  expect(await keysIn(c, group)).toContain(`${hex(device_pk as Buffer)} ${hex(member_pk as Buffer)}`)
  const { device_pk: device } = await a.protocol('ServiceGetConfiguration')
  expect(device_pk).not.toEqual(device)
})
