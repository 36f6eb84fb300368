import { Flags } from '@oclif/core'
import { systemClock } from '../shared/clock.js'
import type { SnetError } from '../shared/errors.js'
import { parseSpan } from './amounts.js'
import { reopen } from './reopen.js'

/** Flag of the commands that follow hosts. */
export const giveUpFlag = Flags.string({
  summary: 'Give up on a daemon that is away for this long.',
  helpValue: 'DURATION',
  default: '5m',
})

export interface WatchCallbacks {
  readonly onAway: (error: SnetError) => void
  readonly onBack: () => void
}

export interface Followed {
  readonly signal: AbortSignal
  readonly giveUp: string
  readonly hasAnswered?: boolean
}

/** The updates of a stream through every outage of its host that is no longer than `giveUp`, as the flag says it. */
export const follow = <T>(
  open: () => AsyncIterable<T>,
  { giveUp, ...options }: WatchCallbacks & Followed,
): AsyncGenerator<T> => reopen(open, { ...options, giveUpMs: parseSpan(giveUp) / 1_000, clock: systemClock })
