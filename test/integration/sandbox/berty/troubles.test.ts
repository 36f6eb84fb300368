import { expect, test } from 'vitest'
import type { MessageRecord } from '../../../../src/sandbox/berty/index.js'
import type { BertyMessageEvent } from '../../../../src/shared/wire/index.js'
import { type Berty, foundGroup, openBerties, type Stream } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const idOf = ({ event_context }: BertyMessageEvent): string => `b${base32(event_context?.id ?? Buffer.alloc(0))}`

/** RFC 4648 in lower case, without padding. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** Somebody who was told nothing: a live stream in each group, and the whole list at the end. */
class Reader {
  readonly live: Stream<BertyMessageEvent>[]

  constructor(
    readonly berty: Berty,
    private readonly groups: readonly Buffer[],
  ) {
    this.live = groups.map((group_pk) => berty.stream('GroupMessageList', { group_pk, since_now: true }))
  }

  async listed(): Promise<string[]> {
    return (await Promise.all(this.groups.map((group) => this.berty.history(group)))).flat().map(idOf)
  }

  /** Events that came again in one stream. */
  get repeats(): number {
    return this.live.reduce((sum, { events }) => sum + events.length - new Set(events.map(idOf)).size, 0)
  }
}

const talk = async (rounds: number, who: readonly Berty[], where: readonly Buffer[]): Promise<void> => {
  for (let at = 0; at < rounds; at++)
    await Promise.all(who.flatMap((berty) => where.map((group) => berty.say(group, String(at)))))
}

const isDone = ({ members }: MessageRecord): boolean =>
  [...members.values()].every(({ state }) => ['delivered', 'lost', 'unkeyed'].includes(state))

/** What a reader must find, going by the truth alone. */
function expectedAt(name: string, messages: readonly MessageRecord[]) {
  const mine = messages.filter(({ sender, members }) => sender === name || members.get(name)?.state === 'delivered')
  const fates = mine.flatMap(({ members }) => members.get(name) ?? [])
  const sum = (of: 'duplicates' | 'repeats'): number => fates.reduce((total, fate) => total + fate[of], 0)
  return { cids: mine.map(({ cid }) => cid), repeats: sum('repeats'), doubles: sum('duplicates') - sum('repeats') }
}

test('with every trouble at once, the truth is what readers find', { timeout: 120_000 }, async () => {
  await using world = await openBerties(['a', 'b', 'c', 'd'], { settings: { repeatEvents: 0.1, doubleMessages: 0.1 } })
  const { net, berties } = world
  const [a, b, c, d] = berties
  const groups = [await foundGroup(a, b, c), await foundGroup(c, b, a)] as const
  const readers = [a, b, c].map((berty) => new Reader(berty, groups))
  net.link('a', 'b', { loss: 0.3, jitterMs: 40 })
  await talk(8, [a, b, c], groups)
  net.partition(['a'], ['b', 'c'])
  await talk(8, [a, b, c], groups)
  net.heal()

  // Somebody comes late: one writes its key for him only after a while, the key of another is long on its way.
  net.keyDelay('a', 'd', { writeMs: 500 })
  net.keyDelay('b', 'd', { arriveMs: 500 })
  const { group } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: groups[0] })
  await d.protocol('MultiMemberGroupJoin', { group })
  await d.protocol('ActivateGroup', { group_pk: groups[0] })
  readers.push(new Reader(d, [groups[0]]))
  await talk(8, [a, b, c], [groups[0]])
  net.injectJunk('c', groups[1].toString('hex'))

  await until(
    'every message and acknowledgement has its fate',
    () => {
      const { counts, messages } = net.truth()
      return counts.sentAcknowledge === counts.deliveredUser && messages.every(isDone)
    },
    { everyMs: 50, limitMs: 80_000 },
  )
  const { counts, messages } = net.truth()
  for (const reader of readers) {
    const { cids, repeats, doubles } = expectedAt(reader.berty.peer.name, messages)
    const listed = await reader.listed()
    expect(new Set(listed).size).toBe(listed.length)
    expect(cids.filter((cid) => !listed.includes(cid))).toEqual([])
    expect(listed).toHaveLength(cids.length + doubles)
    await until('the reader has seen the repeats', () => reader.repeats >= repeats, { limitMs: 80_000 })
    expect(reader.repeats).toBe(repeats)
  }
  for (const count of ['lost', 'unkeyed', 'repeats'] as const) expect(counts[count]).toBeGreaterThan(0)
  expect(counts.duplicates).toBeGreaterThan(counts.repeats)
})
