import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cid, END, received, reportOn, sent, START } from './a-run.js'

/** One thing that is sent, and what came of it at each of three peers: how many copies, each early or late. */
const aMessage = fc.record({
  from: fc.nat(2),
  epoch: fc.integer({ min: 1, max: 3 }),
  outcome: fc.constantFrom('SENT', 'SENT', 'SENT', 'ERROR', 'UNKNOWN'),
  copies: fc.array(
    fc.array(fc.record({ isLate: fc.boolean(), isTwin: fc.boolean(), repeats: fc.nat(2) }), { maxLength: 3 }),
    {
      minLength: 3,
      maxLength: 3,
    },
  ),
})
const someEpochs = fc.array(fc.subarray([0, 1, 2]), { minLength: 3, maxLength: 3 })
const aScene = fc.record({
  messages: fc.array(aMessage, { maxLength: 40 }),
  epochs: fc.tuple(someEpochs, someEpochs, someEpochs),
})

type Scene = typeof aScene extends fc.Arbitrary<infer T> ? T : never

/** The ledgers of a scene, cut in pages of two entries. */
function reportOf({ messages, epochs }: Scene) {
  const pages = [0, 1, 2].map((peer) => {
    const own = messages.flatMap(({ from, epoch, outcome }, n) =>
      from === peer
        ? [sent(n, { epoch, outcome: outcome as 'SENT', ...(outcome === 'SENT' && { cid: cid(`m${n}`) }) })]
        : [],
    )
    const foreign = messages.flatMap(({ from, copies }, n) =>
      from === peer
        ? []
        : (copies[peer] ?? []).map(({ isLate, isTwin, repeats }, copy) =>
            received(n, from, {
              repeats,
              cid: cid(isTwin ? `m${n}-${copy}` : `m${n}`),
              received_at: String(isLate ? END + 1 : START + n * 1_000 + 5_000),
            }),
          ),
    )
    return [...inPairs(foreign).map((page) => ({ received: page })), ...inPairs(own).map((page) => ({ sent: page }))]
  })
  return reportOn(pages.map((of, peer) => ({ epochs: epochs[peer] ?? [], pages: of })))
}

const inPairs = <T>(entries: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(entries.length / 2) }, (_, at) => entries.slice(2 * at, 2 * at + 2))

/** The rules read one message after the other, as they are written down. */
function truthOf({ messages, epochs }: Scene, from: number, to: number) {
  const own = messages.flatMap((message) => (message.from === from ? [message] : []))
  const isExpected = ({ outcome, epoch }: Scene['messages'][number]): boolean =>
    outcome === 'SENT' && (epochs[from]?.[epoch - 1] ?? []).includes(to)
  const inTime = own.map((message) => ({ message, copies: (message.copies[to] ?? []).filter(({ isLate }) => !isLate) }))
  const delivered = inTime.filter(({ message, copies }) => isExpected(message) && copies.length > 0).length
  const expected = own.filter(isExpected).length
  const late = inTime.filter(
    ({ message, copies }) => isExpected(message) && copies.length === 0 && (message.copies[to] ?? []).length > 0,
  ).length
  return {
    expected,
    delivered,
    late,
    lost: expected - delivered - late,
    duplicated: inTime.reduce(
      (sum, { copies }) =>
        sum + Math.max(0, copies.length - 1) + copies.reduce((more, { repeats }) => more + repeats, 0),
      0,
    ),
  }
}

test('every pair is what the rules say, whatever happened and however the pages lie', () => {
  fc.assert(
    fc.property(aScene, (scene) => {
      const { pairs } = reportOf(scene)
      expect(pairs).toHaveLength(6)
      for (const { from, to, ...counts } of pairs)
        expect(counts).toMatchObject(truthOf(scene, Number(from.slice(1)), Number(to.slice(1))))
    }),
  )
})

test('pairs add up to their test, and nothing is delivered that was not expected', () => {
  fc.assert(
    fc.property(aScene, (scene) => {
      const { tests, pairs } = reportOf(scene)
      const [total] = tests
      if (!total) throw new Error('the test is missing')
      for (const name of ['expected', 'delivered', 'late', 'lost', 'duplicated', 'out_of_order', 'bytes'] as const)
        expect(pairs.reduce((sum, pair) => sum + (pair[name] ?? 0), 0)).toBe(total[name])
      const sends = scene.messages.filter(({ outcome }) => outcome === 'SENT').length
      expect(total.sent).toBe(sends)
      expect(total.delivered).toBeLessThanOrEqual(total.expected)
      expect(total.expected).toBeLessThanOrEqual(2 * sends)
    }),
  )
})
