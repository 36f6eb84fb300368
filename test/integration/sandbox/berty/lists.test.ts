import { describe, expect, test } from 'vitest'
import { BERTY, type BertyMessageEvent } from '../../../../src/shared/wire/index.js'
import { bertyProtocolService } from '../../../../src/shared/wire/grpc/index.js'
import { type Berty, bodiesOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const idsOf = (events: readonly BertyMessageEvent[]): string[] =>
  events.map(({ event_context }) => Buffer.from(event_context?.id ?? []).toString('hex'))

async function sayAll(berty: Berty, group: Buffer, bodies: readonly string[]): Promise<void> {
  for (const body of bodies) await berty.say(group, body)
}

const listed = async (berty: Berty, request: object): Promise<BertyMessageEvent[]> => {
  const stream = berty.stream<BertyMessageEvent>('GroupMessageList', request)
  await until('the list has ended', () => stream.status !== undefined)
  if (stream.status?.code !== 0) throw new Error(stream.status?.details)
  return stream.events
}

describe('a list', () => {
  test('is newest first while the process runs, and oldest first behind that after a restart', async () => {
    await using world = await openBerties(['a'])
    const [a] = world.berties
    const group = await foundGroup(a)
    await sayAll(a, group, ['1', '2', '3'])
    expect(bodiesOf(await a.history(group))).toEqual(['3', '2', '1'])
    await a.peer.restart()
    await until('all three are listed again', async () => (await a.history(group).catch(() => [])).length === 3)
    await sayAll(a, group, ['4', '5'])
    expect(bodiesOf(await a.history(group))).toEqual(['5', '4', '1', '2', '3'])
    const request = { group_pk: group, until_now: true, reverse_order: true }
    expect(bodiesOf(await listed(a, request))).toEqual(['3', '2', '1', '4', '5'])
  })

  test('is cut by position, bounds included', async () => {
    await using world = await openBerties(['a'])
    const [a] = world.berties
    const group = await foundGroup(a)
    await sayAll(a, group, ['1', '2', '3', '4'])
    const [, third, second] = (await a.history(group)).map(({ event_context }) => event_context?.id)
    const old = await listed(a, { group_pk: group, since_id: third, until_now: true })
    expect(bodiesOf(old)).toEqual(['3', '2', '1'])
    await expect(listed(a, { group_pk: group, since_id: Buffer.alloc(36, 1), until_now: true })).rejects.toThrow('#101')
    await expect(listed(a, { group_pk: group, since_id: second, until_id: third })).rejects.toThrow('#101')
  })

  test('with until_id alone neither follows nor closes', async () => {
    await using world = await openBerties(['a'])
    const [a] = world.berties
    const group = await foundGroup(a)
    await sayAll(a, group, ['1', '2'])
    const [newest] = await a.history(group)
    const bounded = a.stream<BertyMessageEvent>('GroupMessageList', {
      group_pk: group,
      until_id: newest?.event_context?.id,
    })
    const open = a.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
    await until('the bounded list shows its event', () => bounded.events.length === 1)
    await a.say(group, '3')
    await until('the open list shows the third', () => bodiesOf(open.events).includes('3'))
    expect(bounded).toMatchObject({ status: undefined, events: [expect.anything()] })
  })

  test.each([
    { since_id: Buffer.alloc(36, 1), since_now: true },
    { until_id: Buffer.alloc(36, 1), until_now: true },
    { since_now: true, until_now: true },
    { reverse_order: true },
  ])('refuses bounds that exclude each other: %o', async (bounds) => {
    await using world = await openBerties(['a'])
    const [a] = world.berties
    const group = await foundGroup(a)
    await expect(listed(a, { group_pk: group, ...bounds })).rejects.toThrow('ErrInvalidInput(#100)')
    await expect(listed(a, { group_pk: Buffer.alloc(32), ...bounds })).rejects.toThrow('#1302')
  })

  test.each([
    ['C', true],
    ['E', false],
  ] as const)('generation %s takes an explicit empty since_id for one that is set: %s', async (era, isSet) => {
    await using world = await openBerties(['a'], { era })
    const [a] = world.berties
    const group = await foundGroup(a)
    const path = bertyProtocolService()['GroupMessageList']?.path ?? ''
    const request = Buffer.concat([Buffer.from('0a20', 'hex'), group, Buffer.from('12001801', 'hex')])
    const asIs = (bytes: Buffer): Buffer => bytes
    const call = a.client.makeServerStreamRequest(path, asIs, asIs, request)
    let refused = ''
    const seen: Buffer[] = []
    call.on('data', (event: Buffer) => seen.push(event))
    call.on('error', (failed) => (refused = failed.message))
    if (!isSet) await a.say(group, 'live')
    await until(`the empty field is ${isSet ? 'refused' : 'taken as unset'}`, () =>
      isSet ? refused.includes('#100') : seen.length === 1,
    )
    call.cancel()
  })
})

describe('a live stream', () => {
  test('repeats events at the seam, and misses none', async () => {
    await using world = await openBerties(['a'], { settings: { seamDuplicates: 2 } })
    const [a] = world.berties
    const group = await foundGroup(a)
    await sayAll(a, group, ['1', '2', '3'])
    const open = a.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group })
    await until('history and seam are read', () => open.events.length === 5)
    await a.say(group, '4')
    await until('the live event is read', () => open.events.length === 6)
    expect(bodiesOf(open.events)).toEqual(['3', '2', '1', '2', '3', '4'])
    expect(new Set(idsOf(open.events)).size).toBe(4)
  })

  test('with since_now has no history, and the metadata list behaves alike', async () => {
    await using world = await openBerties(['a'])
    const [a] = world.berties
    const group = await foundGroup(a)
    await a.say(group, 'before')
    const live = a.stream<BertyMessageEvent>('GroupMessageList', { group_pk: group, since_now: true })
    const metadata = a.stream('GroupMetadataList', { group_pk: group, since_now: true })
    await until('both lists show something', async () => {
      await a.say(group, 'after')
      await a.protocol('AppMetadataSend', { group_pk: group, payload: Buffer.of(1) })
      return live.events.length > 0 && metadata.events.length > 0
    })
    expect(bodiesOf(live.events)).not.toContain('before')
    expect(metadata.events[0]).toMatchObject({ metadata: { event_type: BERTY.event.appMetadata } })
  })

  test('shows the order of arrival, which is not that of sending', async () => {
    await using world = await openBerties(['a', 'b'], {
      settings: { acks: { enabled: false, delayMs: [0, 0], loss: 0 } },
    })
    const [a, b] = world.berties
    const group = await foundGroup(a, b)
    await Promise.all(Array.from({ length: 40 }, (_, at) => a.say(group, String(at))))
    await until('b lists 40 events', async () => (await b.history(group)).length === 40)
    const counters = (await b.history(group)).reverse().map(({ headers }) => Number(headers?.counter))
    expect(counters).not.toEqual(counters.toSorted((one, other) => one - other))
    expect(new Set(counters).size).toBe(40)
  })
})
