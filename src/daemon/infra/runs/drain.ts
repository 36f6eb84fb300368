import type { Clock } from '../../../shared/clock.js'
import type { StoredTest, TestPlan } from '../contract/records.js'
import type { SendingGroups } from '../contract/sending-group.js'
import { DEFAULT_DRAIN_MAX_MS } from '../limits.js'

/**
 * Waits for messages that are still on their way: until nothing new of the run, message or acknowledgement, has been read
 * here for the plan's drain, and no longer than its longest drain after the last send, restarts included. Returns early
 * when the signal aborts.
 */
export async function drain(
  { run, plan, drainingSince }: StoredTest,
  { groups, clock }: { readonly groups: Pick<SendingGroups, 'onNews'>; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  const { drainMs } = plan
  const sinceMs = drainingSince === undefined ? 0 : Math.max(0, (clock.nowUs() - drainingSince) / 1_000)
  const begunAt = clock.steadyUs()
  const lastEnd = begunAt + (longestDrainMs(plan) - sinceMs) * 1_000
  let newsAt = begunAt
  const unsubscribe = groups.onNews((of) => {
    if (of === undefined || of === run) newsAt = clock.steadyUs()
  })
  try {
    while (!signal.aborted) {
      const leftUs = Math.min(newsAt + drainMs * 1_000, lastEnd) - clock.steadyUs()
      if (leftUs <= 0) return
      await clock.sleep(leftUs / 1_000, signal)
    }
  } finally {
    unsubscribe()
  }
}

export const longestDrainMs = ({ drainMs, drainMaxMs = Math.max(DEFAULT_DRAIN_MAX_MS, drainMs) }: TestPlan): number =>
  drainMaxMs
