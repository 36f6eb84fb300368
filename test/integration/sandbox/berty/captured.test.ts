import { expect, test } from 'vitest'
import { BERTY } from '../../../../src/shared/wire/index.js'
import { bertyCodecs, type Codec } from '../../../../src/shared/wire/grpc/index.js'
import { appOf, type Berty, foundGroup, openBerties } from '../../../support/berty-client.js'
import { bertyVector } from '../../../support/berty-vectors.js'
import { until } from '../../../support/until.js'

/** Values that differ from Berty to Berty become their kind, and bytes their length; what is there, and is fixed, stays. */
function shapeOf(value: unknown, key = ''): unknown {
  if (value instanceof Uint8Array) return `${String(value.length)} bytes`
  if (Array.isArray(value)) return value.map((each) => shapeOf(each, key))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each, name)]))
  if (typeof value === 'string' && /^\d+$/.test(value)) return key === 'counter' ? 'a count' : 'a time'
  return typeof value === 'string' && value.startsWith('bafyrei') ? `cid of ${String(value.length)}` : value
}

const shapeOfVector = <Message extends object>(name: string, codec: Codec<Message>): unknown =>
  shapeOf(codec.decode(bertyVector(name).bytes))

async function metadataOf(berty: Berty, group: Buffer, type: number) {
  const found = (await berty.metadata(group)).filter(({ metadata }) => metadata?.event_type === type)
  return found.map((event) => ({ event, inner: event.event ?? Buffer.alloc(0) }))
}

test('messages, acknowledgements and invitations have the fields and lengths of captured ones', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await a.say(group, 'vector')
  await until('b lists both events', async () => (await b.history(group)).length === 2)
  const [acknowledge, message] = await b.history(group)
  const { messageEvent, appMessage, group: groupCodec, invite } = bertyCodecs
  const withoutMessage = (event: unknown): object => ({ ...(event as object), message: undefined })
  expect(withoutMessage(shapeOf(message))).toEqual(withoutMessage(shapeOfVector('pair.message', messageEvent)))
  expect(withoutMessage(shapeOf(acknowledge))).toEqual(withoutMessage(shapeOfVector('pair.acknowledge', messageEvent)))
  const captured = ['pair.message', 'pair.acknowledge'].map((name) => messageEvent.decode(bertyVector(name).bytes))
  expect([message, acknowledge].map((event) => event && shapeOf(appOf(event)))).toEqual(
    captured.map((event) => shapeOf(appMessage.decode(event.message ?? Buffer.alloc(0)))),
  )
  expect(acknowledge?.event_context?.parent_ids).toEqual([message?.event_context?.id])

  const created = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  expect(shapeOf(created['group'])).toEqual(shapeOfVector('invite.group', groupCodec))
  const shared = await a.messenger('ShareableBertyGroup', { group_pk: group, group_name: 'g1' })
  const links = { internal_url: undefined, web_url: undefined }
  expect({ ...(shapeOf(shared) as object), ...links }).toEqual({
    ...(shapeOfVector('invite.reply', invite) as object),
    ...links,
  })
})

test('metadata has the fields and lengths of captured events', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const { initialMember, memberDeviceAdded, chainKeyAdded, metadataEvent } = bertyCodecs
  const expected = [
    ['pair.initial_member', BERTY.event.initialMember, initialMember],
    ['pair.member_device_added', BERTY.event.memberDeviceAdded, memberDeviceAdded],
    ['pair.chain_key_added', BERTY.event.chainKeyAdded, chainKeyAdded],
  ] as const
  for (const [name, type, codec] of expected) {
    const captured = metadataEvent.decode(bertyVector(name).bytes)
    const events = await metadataOf(b, group, type)
    expect(events.length).toBeGreaterThan(0)
    for (const { event, inner } of events) {
      expect(shapeOf(codec.decode(inner))).toEqual(shapeOf(codec.decode(captured.event ?? Buffer.alloc(0))))
      const told = [event, captured].map(({ metadata, event_context }) => ({
        fields: Object.keys(metadata ?? {}).sort(),
        type: metadata?.event_type,
        sig: metadata?.sig?.length,
        context: shapeOf({ ...event_context, parent_ids: undefined }),
      }))
      expect(told[0]).toEqual(told[1])
    }
  }
})
