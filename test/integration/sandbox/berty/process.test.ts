import { createConnection } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { BertyMessageEvent } from '../../../../src/shared/wire/index.js'
import { type Berty, bodiesOf, clientOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const answers = (berty: Berty): Promise<boolean> =>
  berty.protocol('ServiceGetConfiguration').then(
    () => true,
    () => false,
  )

test('a restart keeps the store and the port; its groups are open at once', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const before = await a.protocol('ServiceGetConfiguration')
  const stream = a.stream('GroupMessageList', { group_pk: group, since_now: true })
  await a.say(group, 'before')
  await a.peer.stop()
  await until('the stream has ended as unavailable', () => stream.status?.code === 14)
  expect(await answers(a)).toBe(false)
  await b.say(group, 'while it was away')
  await a.peer.restart()
  await until('a answers', () => answers(a))
  expect(await a.protocol('ServiceGetConfiguration')).toEqual(before)
  await until('a lists what was sent meanwhile', async () =>
    bodiesOf(await a.history(group)).includes('while it was away'),
  )
  expect(bodiesOf(await a.history(group))).toContain('before')
})

test('without its store it is somebody else, in no group', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const before = await a.protocol('ServiceGetConfiguration')
  await a.peer.restart({ keepStore: false })
  await until('a answers', () => answers(a))
  const after = await a.protocol('ServiceGetConfiguration')
  expect(after['account_pk']).not.toEqual(before['account_pk'])
  expect(after['peer_id']).not.toEqual(before['peer_id'])
  await expect(a.history(group)).rejects.toThrow('#1302')
  await expect(a.protocol('GroupInfo', { group_pk: group })).rejects.toThrow('unknown group specified')
})

test('a cut connection ends its calls; the next one works', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const group = await foundGroup(a)
  const stream = a.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
  await a.say(group, 'x')
  await until('an event has come', () => stream.events.length > 0)
  a.peer.dropConnections()
  await until('the stream has ended as unavailable', () => stream.status?.code === 14)
  await until('a answers', () => answers(a))
  expect(bodiesOf(await a.history(group))).toEqual(['x'])
})

test('a process that hangs accepts connections and answers nothing, and catches up afterwards', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  a.peer.hang()
  const socket = createConnection({ host: '127.0.0.1', port: Number(a.peer.endpoint.split(':')[1]) })
  await once(socket, 'connect')
  let isAnswered = false
  const waiting = a.protocol('ServiceGetConfiguration').finally(() => (isAnswered = true))
  const fresh = clientOf(a.peer)
  const alsoWaiting = fresh.protocol('ServiceGetConfiguration').finally(() => (isAnswered = true))
  await b.say(group, 'meanwhile')
  await until('b lists the event', () => b.history(group).then((events) => events.length === 1))
  expect(isAnswered).toBe(false)
  expect(world.net.truth().messages[0]?.members.get('a')?.state).toBe('pending')
  a.peer.unhang()
  await Promise.all([waiting, alsoWaiting])
  await until('a lists what was sent meanwhile', async () => bodiesOf(await a.history(group)).includes('meanwhile'))
  socket.destroy()
  fresh[Symbol.dispose]()
})

test('disposing the network leaves nothing behind', async () => {
  const world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  await Promise.all(Array.from({ length: 20 }, (_, at) => a.say(group, String(at))))
  const { endpoint } = a.peer
  const { delivered } = world.net.truth().counts
  await world[Symbol.asyncDispose]()
  const socket = createConnection({ host: '127.0.0.1', port: Number(endpoint.split(':')[1]) })
  const [refused] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
  expect(refused.code).toBe('ECONNREFUSED')
  expect(world.net.truth().counts.delivered).toBe(delivered)
})
