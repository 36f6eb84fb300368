import { expect, test } from 'vitest'
import { runSoak } from '../../../../support/soak/soak.js'
import { judgeSoak } from '../../../../support/soak/verdicts.js'

// For as long as one likes: npm run test:soak.

test('after thousands of calls of all kinds the gate holds what it held before, and every call is accounted for', async () => {
  const soaked = await runSoak({ calls: 8_000, minutes: 1, every: 2_000, seed: 'bounded', onMark: () => undefined })
  expect(judgeSoak(soaked).filter(({ holds }) => holds === false)).toEqual([])
})
