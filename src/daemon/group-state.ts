import type { Log } from './observability/index.js'
import type { RecordTable } from './payments/ports.js'
import type { TableDefinition } from './storage/index.js'

/** What the replicas of a group do together. */
export interface GroupState {
  /** Whether calls of the service are refused. */
  readonly isPaused: boolean
  pause(): Promise<void>
  resume(): Promise<void>
}

interface Processing {
  readonly isPaused: boolean
}

const KEY = 'processing'

/** Where the store keeps it. */
export const GROUP_STATE: TableDefinition<Processing> = {
  name: 'group-state',
  encode: ({ isPaused }) => ({ paused: isPaused ? '1' : '0' }),
  decode: (fields) => ({ isPaused: fields.number('paused') === 1n }),
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
  let { isPaused } = (await table?.read(KEY)) ?? { isPaused: false }
  table?.watch(KEY, (now = { isPaused: false }) => {
    if (now.isPaused !== isPaused)
      log.warn(
        `calls of the service are ${now.isPaused ? 'PAUSED' : 'served again'}, as an operator of another daemon of the group says`,
      )
    isPaused = now.isPaused
  })
  if (isPaused) log.warn('calls of the service are PAUSED, as an operator said: StartProcessingRequests resumes them')
  const become = async (next: boolean): Promise<void> => {
    await table?.change(KEY, () => ({ value: { isPaused: next }, result: undefined }))
    isPaused = next
    log.warn(`calls of the service are ${next ? 'PAUSED' : 'served again'}, as an operator says`)
  }
  return {
    get isPaused() {
      return isPaused
    },
    pause: () => become(true),
    resume: () => become(false),
  }
}
