import { messageOf } from '../shared/errors.js'
import { type LoadedConfig, UPDATABLE } from '../settings/index.js'

/** What was changed since the start and does not count. */
export interface PendingSettings {
  /** They count after a restart. */
  readonly keys: readonly string[]
  /** With these the next start would fail. */
  readonly problems: readonly string[]
}

const keyOf = (name: string): string => (name === 'log.level' ? 'log' : name)

const LIVE_KEYS: readonly string[] = Object.entries(UPDATABLE).flatMap(([name, { isLive }]) =>
  isLive ? [keyOf(name)] : [],
)

/** Reads the settings again, as the next start would, and compares them with those of this start. */
export async function readPending(started: LoadedConfig): Promise<PendingSettings> {
  let now: Awaited<ReturnType<LoadedConfig['reread']>>
  try {
    now = await started.reread()
  } catch (fault) {
    return { keys: [], problems: [messageOf(fault)] }
  }
  // What was changed over the wire and counts at once is not waited for.
  const updated = Object.keys(now.updates).map(keyOf)
  const counts = (key: string): boolean => LIVE_KEYS.includes(key) && updated.includes(key)
  const keys = Object.keys(now.raws).filter((key) => !counts(key) && differs(now.raws[key], started.raws[key]))
  return { keys, problems: now.problems.map(({ message }) => message) }
}

const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other)
