import { beforeAll, describe, expect, test } from 'vitest'
import { KEPT } from '../../../../support/fuzz/kept.js'
import { type Kinds, openKinds } from '../../../../support/fuzz/kinds.js'

// More of it, and with other seeds: npm run test:fuzz.

let opened: Kinds
beforeAll(async () => {
  opened = await openKinds()
  return () => opened[Symbol.asyncDispose]()
})

const run = async (kind: string, seed: string): Promise<string[]> =>
  (await opened.kinds.find(({ name }) => name === kind)?.run(seed)) ?? ['there is no such kind']

test.each(KEPT)('%s %s, which is kept', async (kind, seed) => {
  expect(await run(kind, seed)).toEqual([])
})

const BOUNDED: readonly (readonly [kind: string, what: string, cases: number])[] = [
  ['calls', 'calls in every form end alike with either HTTP/2, and as they were planned', 4],
  ['faults', 'a fault of a client is answered as RFC 9113 has it, and others are served', 25],
  ['broken-client', 'damaged frames of a client harm nobody else', 25],
  ['broken-service', 'damaged frames of a service are an answer for its clients, and the next call is served', 15],
]

describe('random traffic', () => {
  test.each(BOUNDED)('%s: %s', async (kind, _what, cases) => {
    for (let n = 0; n < cases; n++) expect(await run(kind, `bounded/${n}`)).toEqual([])
  })
})
