import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Arena, openArena } from '../support/attacker/arena.js'
import { runCourse, type Seen } from '../support/attacker/course.js'
import { Dice } from '../support/attacker/dice.js'
import { FACTS } from '../support/attacker/facts.js'
import { KINDS } from '../support/attacker/kinds/index.js'
import { Scene } from '../support/attacker/scene.js'

/** `npm run test:attack` takes others, and more time. */
const TERMS = { seed: 'one', seconds: 40, lanes: 4, perSecond: 25 }

describe(`after ${TERMS.seconds} seconds of ${KINDS.length} kinds of attacks, from a process of their own`, () => {
  let arena: Arena
  let seen: Seen
  beforeAll(async () => {
    arena = await openArena()
    seen = await runCourse(arena, TERMS)
  }, 400_000)
  afterAll(() => arena?.[Symbol.asyncDispose]())

  test.each(FACTS)('$name', ({ problems }) => {
    expect(problems(seen), `seed ${seen.seed}; the last attacks:\n${seen.acts.slice(-40).join('\n')}`).toEqual([])
  })

  test('many attacks were made, of nearly all kinds', () => {
    const made = Object.values(seen.report.made)
    expect(made.length).toBeGreaterThan(KINDS.length * 0.8)
    expect(made.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(KINDS.length * 2)
  })
})

test('the same seed makes the same attacks', () => {
  const places = (['open', 'tls', 'control'] as const).map((name) => ({ name, host: '', port: 0, tls: false }))
  const money = { channels: {}, mpe: '', key: '', block: '0', price: 10 }
  const scene = new Scene({ ...TERMS, ...money, places })
  const words = (seed: string): string[] =>
    KINDS.flatMap((kind, i) => [0, 1, 2].map((n) => kind.plan(new Dice(`${seed}/${i}/${n}`), scene).words))
  expect(words('a')).toEqual(words('a'))
  expect(words('a')).not.toEqual(words('b'))
  expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length)
})
