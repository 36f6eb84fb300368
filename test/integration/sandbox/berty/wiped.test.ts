import { expect, test } from 'vitest'
import { foundGroup, openBerties, type Berty } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

async function openThree() {
  const world = await openBerties(['a', 'b', 'c'], { settings: { acks: { enabled: true, delayMs: [0, 1], loss: 0 } } })
  const [a, b, c] = world.berties
  const group = await foundGroup(a, b, c)
  const fatesAt = (name: string): (string | undefined)[] =>
    world.net.truth().messages.flatMap(({ kind, members }) => (kind === 'user' ? [members.get(name)?.state] : []))
  return { world, a, b, c, group, fatesAt, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

const wipe = (berty: Berty): Promise<void> => berty.peer.restart({ keepStore: false })

test('what was under way to a member whose store goes is lost, and nobody acknowledges it in its place', async () => {
  await using three = await openThree()
  const { world, a, b, group } = three
  world.net.link('a', 'b', { delayMs: 300, jitterMs: 0 })
  await a.say(group, 'under way')
  await wipe(b)
  await until(
    'both have what becomes of the message',
    () => three.fatesAt('b')[0] !== 'pending' && three.fatesAt('c')[0] === 'delivered',
  )
  expect(three.fatesAt('b')).toEqual(['lost'])
  await until('the acknowledgement is sent', () => world.net.truth().counts.sentAcknowledge === 1)
  const acknowledging = world.net.truth().messages.filter(({ kind }) => kind === 'acknowledge')
  expect(acknowledging.map(({ sender }) => sender)).toEqual(['c'])
})

test('what a member missed is lost with its store', async () => {
  await using three = await openThree()
  const { world, a, b, group } = three
  world.net.partition(['b'], ['a', 'c'])
  await a.say(group, 'missed')
  await until('the message is delivered at c', () => three.fatesAt('c')[0] === 'delivered')
  expect(three.fatesAt('b')).toEqual(['pending'])
  await wipe(b)
  expect(three.fatesAt('b')).toEqual(['lost'])
})

test('what waited there for a key is lost with its store', async () => {
  await using world = await openBerties(['a', 'b'])
  const [a, b] = world.berties
  const group = await foundGroup(a)
  world.net.keyDelay('a', 'b', { arriveMs: 60_000 })
  const { group: invite } = await a.protocol('MultiMemberGroupInvitationCreate', { group_pk: group })
  await b.protocol('MultiMemberGroupJoin', { group: invite })
  const fates = (): (string | undefined)[] => world.net.truth().messages.map(({ members }) => members.get('b')?.state)
  await until(
    'a message is withheld',
    async () => {
      await a.say(group, 'when will it be keyed?')
      return fates().includes('withheld')
    },
    { everyMs: 20 },
  )
  await wipe(b)
  await until('no message is pending', () => !fates().includes('pending'))
  expect(new Set(fates())).not.toContain('withheld')
  expect(fates()).toContain('lost')
})
