import { beforeEach, describe, expect, test, vi } from 'vitest'
import { headerText } from '../../../../src/daemon/infra/message/index.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { FakeLink, FakeNet, fakeInvites, anInvite, type FakeBerty } from '../../../support/fake-berty-port.js'
import { aCid, aKey, aReceived } from '../../../support/infra-builders.js'
import { openInfraParts, type InfraParts } from '../../../support/infra-daemon.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let path: string
let net: FakeNet
let berty: FakeBerty
let link: FakeLink
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  net = new FakeNet()
  berty = net.peer('one')
  link = new FakeLink(berty)
  return temp.remove
})

const chat = aKey('group chat')
const inviteOf = (name: string): Uint8Array => fakeInvites.encode(anInvite(aKey(`group ${name}`), name))
async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const create = ({ groups }: InfraParts, name = 'chat') => groups.create(name, { reuse: false })

/** Everything that came so far is in the store. */
async function received({ store }: InfraParts, messages: number, group = 'chat'): Promise<void> {
  await until(
    `${messages} messages are kept`,
    async () => (await store.flush(), store.readGroupCounts(group).messages === messages),
  )
}

describe('a group', () => {
  test('is created active, with our keys in it, and is there after a restart', async () => {
    {
      await using parts = await openInfraParts(path, link)
      const { group, invite } = await create(parts)
      expect(group).toMatchObject({ name: 'chat', publicKey: chat, isActive: true, isReceiving: false, members: [] })
      expect(invite.publicKey).toBe(chat)
    }
    await using again = await openInfraParts(path, link)
    expect(again.groups.get('chat')).toMatchObject({ publicKey: chat, isActive: true, ...berty.keysIn(chat) })
    expect(again.groups.invite('chat').publicKey).toBe(chat)
    expect(berty.calls.filter((call) => call === 'activateGroup')).toEqual([])
  })

  test('has its name once, unless it is to be used again', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    const taken = { kind: 'already-exists', message: expect.stringContaining('peer already in group') }
    await expect(create(parts)).rejects.toMatchObject(taken)
    await expect(parts.groups.join('chat', inviteOf('chat'))).rejects.toMatchObject(taken)
    await expect(parts.groups.join('other name', inviteOf('chat'))).rejects.toMatchObject(taken)
    const reused = await parts.groups.create('chat', { reuse: true })
    expect(reused.invite.publicKey).toBe(chat)
    expect(parts.groups.list()).toHaveLength(1)
  })

  test.each(['', 'x'.repeat(257), 'a\nb', '\ud800'])('is not called %j', async (name) => {
    await using parts = await openInfraParts(path, link)
    await expect(create(parts, name)).rejects.toMatchObject({ kind: 'invalid-request' })
    expect(berty.calls).toEqual([])
  })

  test('joined and not activated is gone on with: at the next try, and by itself', async () => {
    {
      await using parts = await openInfraParts(path, link)
      berty.failing = 'activateGroup'
      await expect(parts.groups.join('chat', inviteOf('chat'))).rejects.toThrow('activateGroup failed')
      expect(parts.groups.get('chat').isActive).toBe(false)
      berty.failing = undefined
      expect((await parts.groups.join('chat', inviteOf('chat'))).isActive).toBe(true)
      expect(berty.calls.filter((call) => call === 'joinGroup')).toHaveLength(1)
      berty.failing = 'activateGroup'
      await expect(parts.groups.join('second', inviteOf('second'))).rejects.toThrow('activateGroup failed')
    }
    berty.failing = undefined
    await using again = await openInfraParts(path, link)
    await until('the group is active', () => again.groups.get('second').isActive)
  })

  test('of another account is forgotten, with a warning', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    const gone: string[] = []
    parts.groups.onGone((name) => gone.push(name))
    link.put(undefined)
    expect(parts.groups.list()).toHaveLength(1)
    link.put(net.peer('stranger'))
    await until('the group is forgotten', () => parts.groups.list().length === 0)
    expect(gone).toEqual(['chat'])
    expect(parts.lines).toContain('the Berty has another account now: groups of the former one are forgotten')
    expect(() => parts.groups.get('chat')).toThrow('peer not in group')
  })

  test('of another account that the disk keeps ends no daemon: that it was not deleted is told', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await create(parts, 'second')
    vi.spyOn(parts.store, 'deleteGroup').mockRejectedValue(new SnetError('storage-failed', 'the disk is full'))
    link.put(net.peer('stranger'))
    await until(
      'the warning is written twice',
      () => parts.lines.filter((line) => line === 'a group was not deleted').length === 2,
    )
    expect(parts.groups.list()).toEqual([])
  })

  test('that is left is gone, here and in Berty, with what was received in it', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await parts.groups.startReceiving('chat')
    berty.receive(chat, 'two')
    await received(parts, 1)
    await parts.groups.leave('chat')
    expect([parts.groups.list(), [...berty.groups]]).toEqual([[], []])
    await create(parts)
    expect(parts.groups.get('chat').messagesReceived).toBe(0)
  })

  test('has an invite that is one', async () => {
    await using parts = await openInfraParts(path, link)
    await expect(parts.groups.join('chat', new Uint8Array(3))).rejects.toMatchObject({ kind: 'invalid-request' })
    expect(parts.groups.list()).toEqual([])
  })

  test('needs a Berty', async () => {
    await using parts = await openInfraParts(path, new FakeLink())
    await expect(create(parts)).rejects.toMatchObject({ kind: 'wrong-state', message: 'not connected to a Berty yet' })
  })
})

test('members are those that were added; keys count once, and our own for ourselves not at all', async () => {
  await using parts = await openInfraParts(path, link)
  const two = net.peer('two')
  await create(parts)
  await two.joinGroup(anInvite(chat, 'chat'))
  const { member, device } = two.keysIn(chat)
  const own = berty.keysIn(chat)
  const events = berty.membersOf(chat)
  events.add({ type: 'device-added', ...own })
  events.add({ type: 'key-shared', device: own.device, withMember: own.member })
  events.add({ type: 'device-added', member, device })
  events.add({ type: 'key-shared', device: own.device, withMember: member })
  const view = () => parts.groups.get('chat').members.find((each) => each.device === device)
  await until('the member reads us', () => view()?.readsUs === true)
  expect(view()).toEqual({ member, device, isSelf: false, isReadable: false, readsUs: true })
  const group = parts.groups.sendingGroup('chat')
  expect(group.readers()).toEqual([member])
  expect(group.missing([own.device, device, aKey('nobody')])).toEqual([
    { device, lacks: 'its key' },
    { device: aKey('nobody'), lacks: 'membership' },
  ])
  events.add({ type: 'key-shared', device, withMember: own.member })
  await until('the member can be read', () => view()?.isReadable === true)
  expect(group.missing([device])).toEqual([])
})

describe('receiving', () => {
  test('keeps each message once, over repeats, restarts and a history read again', async () => {
    let first
    {
      await using parts = await openInfraParts(path, link)
      await create(parts)
      expect((await parts.groups.startReceiving('chat')).isReceiving).toBe(true)
      await parts.groups.startReceiving('chat')
      await until('the messages are asked for', () => berty.calls.includes('readMessages'))
      first = berty.receive(chat, 'two', { body: 'first' })
      berty.messagesOf(chat).add({ ...first, isRepeat: true })
      await received(parts, 1)
    }
    berty.receive(chat, 'two', { body: 'while the daemon was away' })
    await using again = await openInfraParts(path, link)
    await received(again, 2)
    const entries = [...again.store.readReceived({ group: 'chat' })]
    expect(entries.map(({ cid, isLive, repeats }) => ({ cid, isLive, repeats }))).toEqual([
      { cid: first.cid, isLive: true, repeats: 1 },
      { cid: expect.any(String), isLive: false, repeats: 0 },
    ])
    expect(berty.calls.filter((call) => call === 'readMessages')).toHaveLength(2)
  })

  test('ends when it is stopped, and misses nothing when it is started again', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await parts.groups.startReceiving('chat')
    berty.receive(chat, 'two')
    await received(parts, 1)
    expect((await parts.groups.stopReceiving('chat')).isReceiving).toBe(false)
    berty.receive(chat, 'two')
    await parts.groups.startReceiving('chat')
    await received(parts, 2)
  })

  test('goes on with the Berty that comes back', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await parts.groups.startReceiving('chat')
    berty.receive(chat, 'two')
    await received(parts, 1)
    berty.close()
    link.put(undefined)
    const back = net.peer('one')
    for (const message of berty.messagesOf(chat).items) back.messagesOf(chat).add(message)
    back.receive(chat, 'two', { cid: aCid('while away') })
    link.put(back)
    await received(parts, 2)
  })

  test('own messages are no messages received; acknowledgements are counted apart', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await parts.groups.startReceiving('chat')
    berty.receive(chat, '', { device: berty.keysIn(chat).device })
    berty.receive(chat, 'two', { content: { type: 'acknowledge', target: aCid('whatever') } })
    berty.receive(chat, 'two', { content: { type: 'other' } })
    berty.receive(chat, 'two')
    await received(parts, 1)
    expect(parts.groups.get('chat')).toMatchObject({ messagesReceived: 1, acknowledgementsReceived: 1 })
  })

  test('tells disorder by the counter of the sender’s Berty, of live messages only, whatever numbers they carry', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await parts.groups.startReceiving('chat')
    await until('the messages are asked for', () => berty.calls.includes('readMessages'))
    const send = (from: string, counter: bigint, sequence: number, isLive = true): void => {
      const body = `${headerText({ run: 'r', test: '0', sequence, sentAt: 1 })}abc`
      void berty.receive(chat, from, { counter, isLive, body })
    }
    // It may start anywhere in uint64, and comes around.
    const start = 2n ** 64n - 2n
    send('two', start, 1)
    send('two', 1n, 4)
    send('two', start + 1n, 3) // late
    send('two', 2n, 2) // sent at once with others, and taken last
    send('three', 1n, 1)
    send('two', 9n, 9, false)
    send('two', 3n, 5)
    send('two', 0n, 8, false)
    send('two', 2n ** 63n, 6) // nobody knows whether it is before or behind
    await received(parts, 9)
    const late = [...parts.store.readReceived({ group: 'chat' })].filter(({ isOutOfOrder }) => isOutOfOrder)
    expect(late).toMatchObject([{ device: aKey('two'), sequence: 3 }])
  })

  test('whose headers another member forges, by ten thousands, are counted as they are', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await parts.groups.startReceiving('chat')
    await until('the messages are asked for', () => berty.calls.includes('readMessages'))
    const said = (run: string, sequence: number): string => headerText({ run, test: '0', sequence, sentAt: 1 })
    berty.receive(chat, 'two', { counter: 5n, body: said('r', 1) })
    for (let at = 0; at < 11_000; at++) berty.receive(chat, 'forger', { body: said(`r${at}`, 1) })
    berty.receive(chat, 'forger', { body: said('r', 9) })
    berty.receive(chat, 'two', { counter: 7n, body: said('r', 3) })
    berty.receive(chat, 'two', { counter: 6n, body: said('r', 2) })
    await received(parts, 11_004)
    const entries = [...parts.store.readReceived({ group: 'chat', run: 'r' })]
    expect(entries.map(({ device, sequence, isOutOfOrder }) => [device, sequence, isOutOfOrder])).toEqual([
      [aKey('two'), 1, false],
      [aKey('forger'), 9, false],
      [aKey('two'), 3, false],
      [aKey('two'), 2, true],
    ])
    expect(parts.store.readRun('r')).toMatchObject({ receivedIn: ['chat'] })
  })

  test('remembers over a restart where the senders’ counters stood', async () => {
    {
      await using parts = await openInfraParts(path, link)
      await create(parts)
      await parts.groups.startReceiving('chat')
      void parts.store.putReceived(
        aReceived({ group: 'chat', run: 'r', test: '0', sequence: 7, counter: 7n, device: aKey('two') }),
      )
    }
    await using again = await openInfraParts(path, link)
    await until(
      'the messages are asked for again',
      () => berty.calls.filter((call) => call === 'readMessages').length === 2,
    )
    berty.receive(chat, 'two', { counter: 6n, body: headerText({ run: 'r', test: '0', sequence: 6, sentAt: 1 }) })
    await received(again, 2)
    expect([...again.store.readReceived({ group: 'chat' })].map(({ isOutOfOrder }) => isOutOfOrder)).toEqual([
      false,
      true,
    ])
  })
})

describe('messages', () => {
  test('come oldest first, the newest so many, and then those that follow', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await parts.groups.startReceiving('chat')
    for (const body of ['a', 'b', 'c']) berty.receive(chat, 'two', { body })
    await received(parts, 3)
    const stop = new AbortController()
    const bodies: string[] = []
    for await (const { body } of parts.groups.messages('chat', { limit: 2, follow: true, signal: stop.signal })) {
      bodies.push(body)
      if (bodies.length === 2) berty.receive(chat, 'two', { body: 'd' })
      if (bodies.length === 3) stop.abort()
    }
    expect(bodies).toEqual(['b', 'c', 'd'])
    const all = parts.groups.messages('chat', { limit: 0, follow: false, signal: new AbortController().signal })
    expect((await collect(all)).map(({ body }) => body)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('keep their text; those of tests say of which they are instead', async () => {
    await using parts = await openInfraParts(path, link)
    await create(parts)
    await parts.groups.startReceiving('chat')
    berty.receive(chat, 'two', { body: 'x'.repeat(70_000) })
    berty.receive(chat, 'two', { body: `${headerText({ run: 'r', test: '3', sequence: 5, sentAt: 1 })}noise` })
    await received(parts, 2)
    const all = parts.groups.messages('chat', { limit: 0, follow: false, signal: new AbortController().signal })
    const [long, noise] = await collect(all)
    expect(long?.body).toHaveLength(65_536)
    expect(noise).toMatchObject({ body: '', run: 'r', test: '3', sequence: 5 })
  })
})
