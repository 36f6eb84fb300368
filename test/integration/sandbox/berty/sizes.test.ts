import { expect, test } from 'vitest'
import { bodiesOf, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

const quiet = { acks: { enabled: false, delayMs: [0, 0] as const, loss: 0 } }

async function openPair() {
  const world = await openBerties(['a', 'b'], { settings: quiet })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const states = (): string[] =>
    world.net.truth().messages.flatMap(({ members }) => [...members.values()].map(({ state }) => state))
  return { world, a, b, group, states, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

test('a text of exactly 580 000 bytes travels by itself', async () => {
  await using pair = await openPair()
  await pair.a.say(pair.group, 'x'.repeat(580_000))
  await until('the first has its fate', () => pair.states()[0] !== 'pending')
  expect(pair.states()).toEqual(['delivered'])
})

test.each([590_000, 3_000_000])('a text of %i bytes waits for a small one of the same sender', async (size) => {
  await using pair = await openPair()
  await pair.a.say(pair.group, 'x'.repeat(size))
  await pair.a.say(pair.group, 'y'.repeat(size))
  await pair.b.say(pair.group, 'another sender pulls nothing in')
  await until('the third is delivered', () => pair.states()[2] === 'delivered')
  expect(pair.states()).toEqual(['blocked', 'blocked', 'delivered'])
  await pair.a.say(pair.group, 'small')
  await until('all are delivered', () => pair.states().every((state) => state === 'delivered'))
  const bodies = bodiesOf(await pair.b.history(pair.group)).map(({ length }) => length)
  expect(bodies.toSorted((one, other) => other - one).slice(0, 2)).toEqual([size, size])
})

test('a text of 3.3 MB blocks its sender for good: small texts before it have gone, those after it never go', async () => {
  await using pair = await openPair()
  await pair.a.say(pair.group, 'before')
  await until('the first is delivered', () => pair.states()[0] === 'delivered')
  expect(await pair.a.say(pair.group, 'x'.repeat(3_300_000))).toMatch(/^bafy/)
  await pair.a.say(pair.group, 'after')
  await pair.b.say(pair.group, 'the other way works')
  await until('the fourth is delivered', () => pair.states()[3] === 'delivered')
  expect(pair.states()).toEqual(['delivered', 'blocked', 'blocked', 'delivered'])
  expect(bodiesOf(await pair.a.history(pair.group))).toHaveLength(4)
  expect(bodiesOf(await pair.b.history(pair.group)).toSorted()).toEqual(['before', 'the other way works'])
})
