import { once } from 'node:events'
import { connect } from 'node:http2'
import { expect, test } from 'vitest'
import type { BertyMessageEvent } from '../../../../src/shared/wire/index.js'
import { type Berty, bodiesOf, clientOf, foundGroup, openBerties, type Stream } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const live = (berty: Berty, group: Buffer): Stream<BertyMessageEvent> =>
  berty.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group, since_now: true })

/** Says things until the stream shows one: only then is it known to be open. */
async function whenOpen(berty: Berty, group: Buffer, stream: Stream<BertyMessageEvent>): Promise<void> {
  await until('the stream shows something', async () => {
    await berty.say(group, 'knock')
    return stream.events.length > 0
  })
}

test('headers of a silent stream come with its first event', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const group = await foundGroup(a)
  const stream = live(a, group)
  const seen: string[] = []
  stream.call.on('metadata', () => seen.push('headers'))
  stream.call.on('data', () => seen.push('event'))
  // Proves that the connection and the group work, and that the stream had the time to answer.
  await a.history(group)
  expect(seen).toEqual([])
  await whenOpen(a, group, stream)
  expect(seen.slice(0, 2)).toEqual(['headers', 'event'])
})

test('a client that pings is told to go away', async () => {
  await using world = await openBerties(['a'])
  const session = connect(`http://${world.berties[0].peer.endpoint}`)
  const goaway = once(session, 'goaway')
  session.on('error', () => undefined)
  await once(session, 'connect')
  for (let sent = 1; sent <= 7; sent++) session.ping(() => undefined)
  const [code, , why] = (await goaway) as [number, number, Buffer]
  expect(code).toBe(11)
  expect(String(why)).toBe('too_many_pings')
  await until('the session is gone', () => session.destroyed)
})

test('a stream that nobody reads stalls the others of its group, and nothing else', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const group = await foundGroup(a)
  const reading = live(a, group)
  await whenOpen(a, group, reading)
  const stuck = clientOf(a.peer)
  const unread = live(stuck, group)
  unread.call.pause()
  await a.history(group)
  const before = reading.events.length
  for (let at = 0; at < 60; at++) await a.say(group, String(at).padStart(20_000, '.'))
  expect((await a.history(group)).length).toBeGreaterThanOrEqual(60)
  const stalledAt = reading.events.length - before
  expect(stalledAt).toBeLessThan(60)
  expect(stalledAt).toBeGreaterThan(0)
  unread.close()
  await until('all 60 have come', () => reading.events.length - before === 60)
  stuck[Symbol.dispose]()
})

test('a stream of a group that was closed stays open and silent, also when the group opens again', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const group = await foundGroup(a)
  const dead = live(a, group)
  await whenOpen(a, group, dead)
  await a.protocol('DeactivateGroup', { group_pk: group })
  await expect(a.history(group)).rejects.toThrow('#1302')
  await a.protocol('ActivateGroup', { group_pk: group })
  const seen = dead.events.length
  const fresh = live(a, group)
  await whenOpen(a, group, fresh)
  expect(dead.events.length).toBe(seen)
  expect(dead.status).toBeUndefined()
})

test('in generation C some of them end', async () => {
  await using world = await openBerties(['a'], { era: 'C' })
  const [a] = world.berties
  const group = await foundGroup(a)
  const streams = Array.from({ length: 12 }, () => live(a, group))
  for (const stream of streams) await whenOpen(a, group, stream)
  await a.protocol('MultiMemberGroupLeave', { group_pk: group })
  await until('a stream has ended with 1302', () => streams.some(({ status }) => status?.details.includes('#1302')))
  expect(streams.some(({ status }) => status === undefined)).toBe(true)
})

test('an echo with a delay takes its time, one without floods and ends nothing', async () => {
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const slow = a.stream('EchoTest', { delay: '20', echo: 'x' }, 'messenger')
  const flood = a.stream('EchoTest', { echo: 'y' }, 'messenger')
  await until('two echoes have come', () => slow.events.length >= 2)
  expect(flood.events.length).toBeGreaterThan(100 * slow.events.length)
  flood.close()
  slow.close()
  const failing = a.stream('EchoTest', { trigger_error: true }, 'messenger')
  await until('the echo has failed', () => failing.status !== undefined)
  expect(failing.status?.code).toBe(14)
})

test('many messages at once come through unharmed', async () => {
  await using world = await openBerties(['a', 'b'], {
    settings: { acks: { enabled: false, delayMs: [0, 0], loss: 0 } },
  })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const stream = live(b, group)
  await whenOpen(a, group, stream)
  const bodies = Array.from({ length: 300 }, (_, at) => `${String(at)} ${'x'.repeat(at * 10)}`)
  await Promise.all(bodies.map((body) => a.say(group, body)))
  await until('all 300 have come live', () => bodiesOf(stream.events).filter((body) => body !== 'knock').length === 300)
  expect(
    bodiesOf(stream.events)
      .filter((body) => body !== 'knock')
      .sort(),
  ).toEqual(bodies.sort())
})
