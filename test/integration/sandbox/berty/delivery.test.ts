import { expect, test } from 'vitest'
import { appOf, bodiesOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

test('a message reaches the others, and everybody else acknowledges it', async () => {
  await using world = await openBerties(['a', 'b', 'c'])
  const [a, b, c] = world.berties
  const group = await foundGroup(a, b, c)
  const live = b.stream('GroupMessageList', { group_pk: group, since_now: true })
  const cid = await a.say(group, 'hello')
  await until('the message is live at its reader', () => bodiesOf(live.events).length === 1)
  await until('a lists three events', async () => (await a.history(group)).length === 3)
  const acks = (await a.history(group)).map(appOf).filter(({ type }) => type === 6)
  expect(acks).toEqual([
    { type: 6, target_cid: cid },
    { type: 6, target_cid: cid },
  ])
  const { counts, messages } = world.net.truth()
  expect(messages[0]).toMatchObject({ cid, sender: 'a', kind: 'user' })
  expect(counts).toMatchObject({ sentUser: 1, deliveredUser: 2, unkeyed: 0, lost: 0 })
})
