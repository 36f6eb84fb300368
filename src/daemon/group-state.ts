import { isRecentBlock, signatureExpired } from '../shared/recent-block.js'
import type { Log } from './observability/index.js'
import type { RecordTable } from './payments/ports.js'
import type { TableDefinition } from './storage/index.js'

/** What the replicas of a group do together. */
export interface GroupState {
  /** Whether calls of the service are refused. */
  readonly isPaused: boolean
  pause(): Promise<void>
  resume(): Promise<void>
  /** Lets a change through that was signed at this block. Error: `unauthenticated` after one that was signed later. */
  admitChange(block: bigint): Promise<void>
}

interface Processing {
  readonly isPaused: boolean
  /** Of the newest change by an operator. What was signed before it is not repeated after it, whoever has overheard it. */
  readonly signedAt: bigint
}

const NOTHING_SAID: Processing = { isPaused: false, signedAt: 0n }

const KEY = 'processing'
/** Of two signatures that are good at once. A change that was later by more was signed for a chain that is gone. */
const MOST_APART = 10n

/** Where the store keeps it. */
export const GROUP_STATE: TableDefinition<Processing> = {
  name: 'group-state',
  encode: ({ isPaused, signedAt }) => ({ paused: isPaused ? '1' : '0', signed_at: String(signedAt) }),
  decode: (fields) => ({ isPaused: fields.number('paused') === 1n, signedAt: fields.count('signed_at') }),
}

/** What a store was told itself stands; it knows nothing newer from another one. */
export const groupStateMoves = {
  join: (kept: Processing | undefined, came: Processing): Processing => kept ?? came,
  isKey: (key: string): boolean => key === KEY,
}

/**
 * Reads what the group was told last: who paused it meant it, also for daemons that start later. Without a table it is
 * this process's alone.
 */
export async function openGroupState(table: RecordTable<Processing> | undefined, log: Log): Promise<GroupState> {
  let { isPaused } = (await table?.read(KEY)) ?? NOTHING_SAID
  let signedAlone = 0n
  table?.watch(KEY, (now = NOTHING_SAID) => {
    if (now.isPaused !== isPaused)
      log.warn(
        `calls of the service are ${now.isPaused ? 'PAUSED' : 'served again'}, as an operator of another daemon of the group says`,
      )
    isPaused = now.isPaused
  })
  if (isPaused) log.warn('calls of the service are PAUSED, as an operator said: StartProcessingRequests resumes them')
  const become = async (next: boolean): Promise<void> => {
    await table?.change(KEY, (now = NOTHING_SAID) => ({ value: { ...now, isPaused: next }, result: undefined }))
    isPaused = next
    log.warn(`calls of the service are ${next ? 'PAUSED' : 'served again'}, as an operator says`)
  }
  return {
    get isPaused() {
      return isPaused
    },
    pause: () => become(true),
    resume: () => become(false),
    async admitChange(block) {
      const later = (before: bigint): bigint => {
        if (block < before && isRecentBlock(block, before, MOST_APART)) throw signatureExpired()
        return block
      }
      if (table)
        await table.change(KEY, (now = NOTHING_SAID) => ({
          value: { ...now, signedAt: later(now.signedAt) },
          result: undefined,
        }))
      else signedAlone = later(signedAlone)
    },
  }
}
