import { toAddress } from '../ethereum/index.js'
import { GROUP_STATE, groupStateMoves } from './group-state.js'
import { type MovedTable, movedTable } from './moving/index.js'
import { freeCallMoves, prepaidMoves, prepaidTable } from './payments/index.js'
import { SHARED_RATES, sharedRatesMoves } from './shared-rates/index.js'
import { SHARED_SETTINGS, sharedSettingsMoves } from './shared-settings.js'
import { freeCallTable } from './storage/index.js'
import { modelMoves, sharedModelTable } from './training/index.js'

/** Whose records they are: keys of a shared store name it. */
interface Owner {
  readonly organization: string
  /** Payment group id in base64, as in metadata. */
  readonly group: string
}

/** Every table that a store has beside the channels. What is in none of them is not moved: no other may be opened. */
export const tablesOf = ({ organization, group }: Owner) => ({
  freeCalls: freeCallTable({ organization, group, toAddress }),
  prepaid: prepaidTable,
  models: sharedModelTable({ organization, group }),
  groupState: GROUP_STATE,
  settings: SHARED_SETTINGS,
  rates: SHARED_RATES,
})

/** The same with how their records come from one store into another. */
export function movedTablesOf(owner: Owner): readonly MovedTable[] {
  const tables = tablesOf(owner)
  const moved = {
    freeCalls: movedTable(tables.freeCalls, freeCallMoves),
    prepaid: movedTable(tables.prepaid, prepaidMoves),
    models: movedTable(tables.models, modelMoves),
    groupState: movedTable(tables.groupState, groupStateMoves),
    settings: movedTable(tables.settings, sharedSettingsMoves),
    rates: movedTable(tables.rates, sharedRatesMoves),
  } satisfies Record<keyof typeof tables, MovedTable>
  return Object.values(moved)
}
