import { sign, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { internalBertyUrl } from '../../../../src/shared/berty-links.js'
import { BERTY, type BertyGroup, type BertyLink, type BertyMetadataEvent } from '../../../../src/shared/wire/index.js'
import { bertyCodecs } from '../../../../src/shared/wire/grpc/index.js'
import { foundGroup, openBerties, whenReady } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

test('joining opens nothing; the messenger does, a moment later', async () => {
  await using world = await openBerties(['a', 'b'], { settings: { autoActivateMs: [1500, 1500] } })
  const [a, b] = world.berties
  const group = await foundGroup(a)
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await b.protocol('MultiMemberGroupJoin', { group: invite })
  await expect(b.history(group)).rejects.toThrow('#1302')
  await until('b can list the group', () =>
    b.history(group).then(
      () => true,
      () => false,
    ),
  )
  await whenReady(group, [a, b])
})

test('the messenger can be told not to', async () => {
  await using world = await openBerties(['a', 'b', 'c'], { settings: { autoActivateMs: false } })
  const [a, b, c] = world.berties
  const group = await foundGroup(a, c)
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await b.protocol('MultiMemberGroupJoin', { group: invite })
  await a.say(group, 'time passes')
  await until('c lists an event', async () => (await c.history(group)).length > 0)
  await expect(b.say(group, 'x')).rejects.toThrow(
    'ErrProtocolSend(#2302): rpc error: code = Unavailable desc = ErrGroupMissing(#1306): ErrGroupUnknown(#1310)',
  )
  await expect(b.protocol('AppMessageSend', { group_pk: group })).rejects.toThrow(/ErrGroupMissing\(#1306\)/)
})

test('joining twice is an error, and opening twice is none', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  const { internal_url } = await a.messenger('ShareableBertyGroup', { group_pk: group, group_name: 'g' })
  const text = 'ErrOrbitDBAppend(#1002): ErrInvalidInput(#100): already present in group'
  await expect(b.protocol('MultiMemberGroupJoin', { group: invite })).rejects.toThrow(text)
  await expect(b.messenger('ConversationJoin', { link: internal_url })).rejects.toThrow(
    `TODO(#666): rpc error: code = Unavailable desc = ${text}`,
  )
  await b.protocol('ActivateGroup', { group_pk: group })
  // Keys go on arriving for a while; who is a member was told when the group was opened first.
  const told = (await b.metadata(group)).map(({ metadata }) => metadata?.event_type)
  expect(told.filter((type) => type === BERTY.event.memberDeviceAdded)).toHaveLength(2)
})

test('joining looks at the signature and not at the type', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const secret = Buffer.alloc(32, 5)
  const group: BertyGroup = {
    public_key: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
    secret,
    secret_sig: sign(null, secret, privateKey),
    group_type: 1,
  }
  const forged = { ...group, secret: Buffer.alloc(32, 6) }
  await expect(a.protocol('MultiMemberGroupJoin', { group: forged })).rejects.toMatchObject({ code: 14 })
  await expect(a.protocol('MultiMemberGroupJoin', {})).rejects.toMatchObject({ code: 14 })
  await expect(a.protocol('MultiMemberGroupJoin', { group })).resolves.toEqual({})
})

test('a group that was left is silent, known, and can be joined again', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await b.say(group, 'mine')
  await b.protocol('MultiMemberGroupLeave', { group_pk: group })
  await expect(b.history(group)).rejects.toThrow('#1302')
  await expect(b.protocol('GroupInfo', { group_pk: group })).resolves.toMatchObject({ group: { public_key: group } })
  await b.protocol('ActivateGroup', { group_pk: group })
  expect((await b.history(group)).length).toBeGreaterThan(0)
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await expect(b.protocol('MultiMemberGroupJoin', { group: invite })).resolves.toEqual({})
})

test('the account group tells what was joined', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const { account_group_pk } = await a.protocol('ServiceGetConfiguration')
  const live = a.stream<BertyMetadataEvent>('GroupMetadataList', { group_pk: account_group_pk })
  const group = await foundGroup(a)
  const joined = (event: BertyMetadataEvent): boolean => event.metadata?.event_type === BERTY.event.accountGroupJoined
  await until('the join has come live', () => live.events.some(joined))
  const event = live.events.find(joined)?.event ?? Buffer.alloc(0)
  expect(bertyCodecs.accountGroupJoined.decode(event).group?.public_key).toEqual(group)
})

test('links: written, read, joined by, and refused', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a)
  const shared = await a.messenger('ShareableBertyGroup', { group_pk: group, group_name: 'Grüße & co' })
  const link = shared['link'] as BertyLink
  expect(link).toMatchObject({ kind: 2, berty_group: { group: { public_key: group }, display_name: 'Grüße & co' } })
  for (const url of [shared['internal_url'], shared['web_url']])
    await expect(b.messenger('ParseDeepLink', { link: url })).resolves.toEqual({ link })
  await expect(b.messenger('ParseDeepLink', { link: 'berty://pb/' })).resolves.toEqual({ link: {} })
  const lower = String(shared['internal_url']).toLowerCase()
  const protectedLink = internalBertyUrl(bertyCodecs.link.encode({ kind: BERTY.linkKind.encrypted }))
  await expect(b.messenger('ParseDeepLink', { link: lower })).rejects.toThrow('(#2000)')
  await expect(b.messenger('ConversationJoin', { link: protectedLink })).rejects.toThrow('(#2000)')
  await b.messenger('ConversationJoin', { link: shared['web_url'] })
  await whenReady(group, [a, b])
  const types = (await b.metadata(group)).map(({ metadata }) => metadata?.event_type)
  expect(types).toContain(BERTY.event.appMetadata)
  expect((await a.history(group)).length).toBe(0)
})

test('a conversation introduces itself in the metadata', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const { public_key } = await a.messenger('ConversationCreate', { display_name: 'g' })
  const group = Buffer.from(String(public_key), 'base64url')
  const types = (await a.metadata(group))
    .filter(({ metadata }) => metadata?.event_type === BERTY.event.appMetadata)
    .map(({ event }) => bertyCodecs.metadataPayload.decode(event ?? Buffer.alloc(0)).message ?? Buffer.alloc(0))
    .map((message) => bertyCodecs.appMessage.decode(message).type)
  expect(types.sort()).toEqual([BERTY.appType.setGroupInfo, BERTY.appType.setUserInfo])
  expect(await a.history(group)).toEqual([])
})
