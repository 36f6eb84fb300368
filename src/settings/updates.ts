import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../shared/errors.js'
import { isObject } from '../shared/is-object.js'
import type { Problem, Source } from './engine.js'

/**
 * The settings that may be changed over the wire, whether a change counts before the next start, and whether it is one of
 * all replicas: a client may meet any of them, but who looks for trouble in one reads the log of that one.
 */
export const UPDATABLE = {
  rate_limit_per_minute: { isLive: true, isShared: true },
  burst_size: { isLive: true, isShared: true },
  max_message_size_in_mb: { isLive: false, isShared: true },
  'log.level': { isLive: true, isShared: false },
  alerts_email: { isLive: true, isShared: true },
} as const

export type UpdatableKey = keyof typeof UPDATABLE
/** What was changed, as it was sent. */
export type Updates = { readonly [Key in UpdatableKey]?: string }

export const updatesPath = (dataDir: string): string => join(dataDir, 'updated-settings.json')

export const updatesText = (updates: Updates): string => `${JSON.stringify(updates, null, 2)}\n`

interface FoundUpdates {
  readonly updates: Updates
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/** What was changed over the wire and is kept beside the payments. */
export async function readUpdates(dataDir: string): Promise<FoundUpdates> {
  const path = updatesPath(dataDir)
  try {
    const values: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (!isObject(values)) throw new Error('it holds no object of settings')
    const known = Object.entries(values).filter(([key, value]) => key in UPDATABLE && typeof value === 'string')
    return { updates: Object.fromEntries(known), problems: [], warnings: [] }
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    const nothing = { updates: {}, problems: [], warnings: [] }
    if (code === 'ENOENT' || code === 'ENOTDIR') return nothing
    const message = `settings that were changed over the wire cannot be read from ${path}: ${messageOf(fault)}`
    // Who only looks at the settings of somebody else's daemon may not look into its directory.
    if (code === 'EACCES') return { ...nothing, warnings: [message] }
    return { ...nothing, problems: [{ key: 'data_dir', message: `${message}; remove it to go back to the file` }] }
  }
}

/** Their place among the sources: above the file, of which a part of `log` stays. */
export function updatesSource(updates: Updates, { file, shownPath }: { file: Source; shownPath: string }): Source {
  const { 'log.level': level, ...values } = updates
  return {
    origin: () => shownPath,
    values: { ...values, ...(level !== undefined && { log: withLevel(file.values['log'], level) }) },
  }
}

export const withLevel = (log: unknown, level: string): object => ({ ...(isObject(log) ? log : {}), level })
