import { expect, test } from 'vitest'
import { reopen } from '../../../src/client/reopen.js'
import { SnetError } from '../../../src/shared/errors.js'

const gone = new SnetError('unavailable', 'no control daemon answers')
const { signal } = new AbortController()

/** Opens one after the other; each is the updates before it ends, and what it ends with. */
async function follow(
  streams: readonly (readonly [updates: readonly number[], fault?: SnetError])[],
  { giveUpMs = 60_000 } = {},
) {
  const told: (number | string)[] = []
  let [nowMs, opened] = [0, 0]
  const clock = {
    nowUs: () => nowMs * 1_000,
    steadyUs: () => nowMs * 1_000,
    sleep: async (ms: number) => void (nowMs += ms),
  }
  async function* open(): AsyncGenerator<number> {
    const [updates, fault] = streams[Math.min(opened++, streams.length - 1)] ?? [[]]
    yield* updates
    if (fault) throw fault
  }
  const options = {
    signal,
    giveUpMs,
    clock,
    onAway: () => void told.push('away'),
    onBack: () => void told.push('back'),
  }
  const ended = (async () => {
    for await (const one of reopen(open, options)) told.push(one)
    return 'ended'
  })()
  return { ended: await ended.catch((fault: SnetError) => fault.kind), told, tookMs: () => nowMs }
}

test('a stream whose host goes and comes back goes on, and both are told once', async () => {
  const { ended, told } = await follow([[[1, 2], gone], [[], gone], [[], gone], [[3]]])
  expect({ ended, told }).toEqual({ ended: 'ended', told: [1, 2, 'away', 'back', 3] })
})

test('each outage has its own time', async () => {
  const { ended, told } = await follow([[[1], gone], [[2], gone], [[3]]], { giveUpMs: 200 })
  expect({ ended, told }).toEqual({ ended: 'ended', told: [1, 'away', 'back', 2, 'away', 'back', 3] })
})

test('a host that stays away is given up after the time, not before', async () => {
  const { ended, told, tookMs } = await follow(
    [
      [[1], gone],
      [[], gone],
    ],
    { giveUpMs: 10_000 },
  )
  expect({ ended, told }).toEqual({ ended: 'unavailable', told: [1, 'away'] })
  expect(tookMs()).toBeGreaterThanOrEqual(10_000)
  expect(tookMs()).toBeLessThan(15_000)
})

test('a host that was never there, and a refusal, are failures at once', async () => {
  expect(await follow([[[], gone]])).toMatchObject({ ended: 'unavailable', told: [] })
  const refused = new SnetError('unauthenticated', 'no token')
  expect(
    await follow([
      [[1], gone],
      [[], refused],
    ]),
  ).toMatchObject({ ended: 'unauthenticated', told: [1, 'away'] })
})
