import type { Recoverer } from '../../ethereum/index.js'
import { countEach, type Metrics } from '../observability/index.js'

/** Counts the signers of payments by who recovered them: whether threads for it are at work shows in nothing else. */
export const countRecovered = (metrics: Metrics): ((by: Recoverer) => void) =>
  countEach(
    metrics,
    {
      name: 'snetd_signatures_recovered_total',
      help: 'Signatures of payments whose signer was looked for, by the thread that did it: recovery, main.',
      label: 'thread',
    },
    ['recovery', 'main'],
  )
