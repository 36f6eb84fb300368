import { UPDATABLE, type UpdatableKey } from '../settings/index.js'
import type { RecordTable } from './payments/ports.js'
import type { TableDefinition } from './storage/index.js'

type Told = Readonly<Record<string, string>>

/** What all replicas of a service were told of their settings. */
export interface SharedSettings {
  read(): Promise<Told>
  /** Keeps those of the changes that are all replicas'. */
  change(changes: Told): Promise<void>
  /** Calls `listener` with what is kept, whenever that may be something else. */
  onChange(listener: (told: Told) => void): void
}

/** A record for each service: services of one group share a store, and not their settings. */
export const SHARED_SETTINGS: TableDefinition<Told> = {
  name: 'settings',
  encode: (told) => ({ keys: Object.keys(told), values: Object.values(told) }),
  decode(fields) {
    const values = fields.texts('values')
    return Object.fromEntries(fields.texts('keys').map((key, at) => [key, values[at] ?? '']))
  },
}

/** What a store was told itself stands; it knows nothing newer from another one. */
export const sharedSettingsMoves = {
  join: (kept: Told | undefined, came: Told): Told => ({ ...came, ...kept }),
  isKey: (key: string): boolean => key !== '',
}

export function sharedSettings(
  table: Pick<RecordTable<Told>, 'read' | 'change' | 'watch'>,
  service: string,
): SharedSettings {
  return {
    read: async () => (await table.read(service)) ?? {},
    async change(changes) {
      const shared = Object.entries(changes).filter(([key]) => UPDATABLE[key as UpdatableKey].isShared)
      if (shared.length === 0) return
      await table.change(service, (now) => ({ value: { ...now, ...Object.fromEntries(shared) }, result: undefined }))
    },
    onChange: (listener) => void table.watch(service, (told = {}) => listener(told)),
  }
}
