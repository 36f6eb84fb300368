import { expect, test } from 'vitest'
import {
  BERTY,
  type BertyGroup,
  type BertyMessageEvent,
  type BertyMetadataEvent,
} from '../../../../src/shared/wire/index.js'
import { bertyCodecs } from '../../../../src/shared/wire/grpc/index.js'
import { type Berty, bodiesOf, clientOf, foundGroup, openBerties, whenReady } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const quiet = { acks: { enabled: false, delayMs: [0, 0] as const, loss: 0 } }

async function joinsOf(berty: Berty): Promise<string[]> {
  const { account_group_pk } = await berty.protocol('ServiceGetConfiguration')
  const log = await berty.metadata(account_group_pk as Buffer)
  const joins = log.filter(({ metadata }) => metadata?.event_type === BERTY.event.accountGroupJoined)
  const groups = joins.map(({ event }) => bertyCodecs.accountGroupJoined.decode(event ?? Buffer.alloc(0)).group)
  return groups.map((group) => Buffer.from(group?.public_key ?? []).toString('hex'))
}

test('every join is in the log of the account, that of a group that was left before too', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const key = group.toString('hex')
  await b.protocol('MultiMemberGroupLeave', { group_pk: group })
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await b.protocol('MultiMemberGroupJoin', { group: invite })
  expect(await joinsOf(b)).toEqual([key, key])
  expect(await joinsOf(a)).toEqual([key])

  // The messenger heard of it, and opens the group by itself; what was missed comes, and what is new as well.
  await a.say(group, 'welcome back')
  await until('b reads the welcome', async () =>
    bodiesOf(await b.history(group).catch(() => [])).includes('welcome back'),
  )
})

test('the log of the account names the device and the whole group, as weshnet writes them', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const { account_group_pk, device_pk } = await a.protocol('ServiceGetConfiguration')
  const { group_pk } = await a.protocol('MultiMemberGroupCreate')
  const { group } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk })
  const log = await a.metadata(account_group_pk as Buffer)
  const joined = log.find(({ metadata }) => metadata?.event_type === BERTY.event.accountGroupJoined)
  const written = bertyCodecs.group.encode(group as BertyGroup)
  // Field 1 has 32 bytes, field 2 more than 127.
  const before = Buffer.of(0x12, (written.length & 0x7f) | 0x80, written.length >> 7)
  expect(joined?.event).toEqual(Buffer.concat([Buffer.of(0x0a, 32), device_pk as Buffer, before, written]))
})

test('a member without its store is another member, which reads what is sent from then on', async () => {
  await using world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  const before = await b.protocol('GroupInfo', { group_pk: group })
  await a.say(group, 'to the one before')
  await until('the message is delivered', () => world.net.truth().counts.delivered === 1)
  await b.peer.restart({ keepStore: false })
  using anew = clientOf(b.peer)
  await anew.protocol('MultiMemberGroupJoin', { group: invite })
  await anew.protocol('ActivateGroup', { group_pk: group })
  await whenReady(group, [anew, a])
  const live = anew.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
  await a.say(group, 'to the one after')
  await until('the event has come live', () => live.events.length === 1)
  expect(bodiesOf(live.events)).toEqual(['to the one after'])
  const after = await anew.protocol('GroupInfo', { group_pk: group })
  expect([after['member_pk'], after['device_pk']]).not.toEqual([before['member_pk'], before['device_pk']])
})

test('stopped between joining and opening, it is open after the restart only when somebody opens it', async () => {
  await using world = await openBerties(['a', 'b'], { settings: { ...quiet, autoActivateMs: false } })
  const [a, b] = world.berties
  const group = await foundGroup(a)
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await b.protocol('MultiMemberGroupJoin', { group: invite })
  await b.peer.restart()
  using anew = clientOf(b.peer)
  await expect(anew.protocol('MultiMemberGroupJoin', { group: invite })).rejects.toThrow('already present in group')
  await expect(anew.history(group)).rejects.toThrow('#1302')
  await anew.protocol('ActivateGroup', { group_pk: group })
  await whenReady(group, [a, anew])
  const added = (await anew.metadata(group)).filter(isMember)
  expect(added).toHaveLength(2)
})

const isMember = ({ metadata }: BertyMetadataEvent): boolean => metadata?.event_type === BERTY.event.memberDeviceAdded
