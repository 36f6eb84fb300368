import { SnetError } from '../../shared/errors.js'
import type { Check } from './call.js'

export interface Pause {
  readonly isPaused: boolean
}

/** Refuses calls while an operator has paused them, in the words that clients of the reference know (snet-wire 4.1). */
export const refuseWhilePaused =
  (pause: Pause): Check =>
  () =>
    requireRunning(pause)

export function requireRunning({ isPaused }: Pause): void {
  if (!isPaused) return
  throw new SnetError('unavailable', 'No requests are currently being processed, please try again later', {
    hint: 'The provider has paused this service.',
  })
}
