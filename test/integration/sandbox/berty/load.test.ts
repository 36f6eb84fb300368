import { expect, test } from 'vitest'
import { type Berty, bodiesOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const KEEP = 50
const KEEP_TRUTH = 100
const SENT = 1_200

/** Events that the client has read, without keeping them. */
function counting(berty: Berty, group_pk: Buffer): { seen: number } {
  const count = { seen: 0 }
  const { call } = berty.stream('GroupMessageList', { group_pk, since_now: true })
  call.removeAllListeners('data').on('data', () => count.seen++)
  return count
}

test('under load every event reaches every stream, and what is kept stays bounded', { timeout: 120_000 }, async () => {
  const settings = { acks: { enabled: false, delayMs: [0, 0] as const, loss: 0 }, replyMs: [0, 1] as const }
  const names = ['a', 'b', 'c', 'd', 'e'] as const
  await using world = await openBerties(names, { keepMessages: KEEP, keepTruth: KEEP_TRUTH, settings })
  const [founder, ...others] = world.berties
  const groups = [await foundGroup(founder, ...others), await foundGroup(founder, ...others)] as const
  const streams = groups.flatMap((group) => world.berties.map((berty) => counting(berty, group)))
  for (let sent = 0; sent < SENT; sent += 60)
    await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        (world.berties[at % names.length] as Berty).say(groups[at % 2] as Buffer, `message ${String(sent + at)}`),
      ),
    )
  await until('half of all events are seen on every stream', () => streams.every(({ seen }) => seen >= SENT / 2), {
    everyMs: 50,
    limitMs: 80_000,
  })
  expect(streams.map(({ seen }) => seen)).toEqual(streams.map(() => SENT / 2))

  const { counts, messages } = world.net.truth()
  expect(counts).toMatchObject({ sentUser: SENT, deliveredUser: SENT * 4, lost: 0, unkeyed: 0, duplicates: 0 })
  expect(messages).toHaveLength(KEEP_TRUTH)
  const numbers = messages.map(({ message }) => Number(/message (\d+)/.exec(message.toString())?.[1]))
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(SENT - 2 * KEEP_TRUTH)
  for (const berty of world.berties) {
    const listed = bodiesOf(await berty.history(groups[0]))
    expect(listed.length).toBeGreaterThanOrEqual(KEEP)
    expect(listed.length).toBeLessThanOrEqual(KEEP + 64)
    expect(Number(listed[0]?.slice('message '.length))).toBeGreaterThanOrEqual(SENT - 120)
  }
})
