import { SnetError } from '../shared/errors.js'
import { type DaemonConfig, daemonSchema } from './daemon-schema.js'
import { Expected } from './engine.js'
import type { LoadedConfig } from './load.js'
import { isWritten } from './sources.js'
import { UPDATABLE, updatesPath, withLevel } from './updates.js'

/**
 * The settings with these changes, all of them or none. Errors: `invalid-request` for a key that cannot be changed so, or
 * a value that is none of it; `wrong-state` for one that a flag or a variable sets, which a change would not reach.
 */
export function applyUpdates(loaded: LoadedConfig, changes: Readonly<Record<string, string>>): LoadedConfig {
  if (Object.keys(changes).length === 0) throw new SnetError('invalid-request', 'updated_configuration is empty')
  return Object.entries(changes).reduce((now, [key, value]) => applyUpdate(now, key, value), loaded)
}

function applyUpdate(loaded: LoadedConfig, name: string, sent: string): LoadedConfig {
  if (!Object.hasOwn(UPDATABLE, name)) {
    throw new SnetError('invalid-request', `${name} cannot be updated`, {
      hint: `What can: ${Object.keys(UPDATABLE).join(', ')}.`,
    })
  }
  const key = (name === 'log.level' ? 'log' : name) as keyof DaemonConfig
  const origin = loaded.origins[key] as string
  if (isWritten(origin)) {
    throw new SnetError('wrong-state', `${name} is set by ${origin}, above what is updated`, {
      hint: `Start the daemon without ${origin}, and update it again.`,
    })
  }
  // The next start would refuse it.
  if (key === 'alerts_email' && sent !== '' && loaded.config.notification_endpoint === undefined)
    throw new SnetError('wrong-state', 'alerts_email: notification_endpoint is not set, so nobody would be told', {
      hint: 'Set notification_endpoint, start the daemon again, and update it then.',
    })
  const raw = key === 'log' ? withLevel(loaded.raws['log'], sent) : sent === '' ? daemonSchema[key].default : sent
  const value = parseValue(name, sent, () => (raw === undefined ? undefined : daemonSchema[key].parse(raw)))
  return {
    ...loaded,
    config: { ...loaded.config, [key]: value },
    raws: { ...loaded.raws, [key]: raw },
    origins: { ...loaded.origins, [key]: updatesPath(loaded.dataDir) },
    updates: { ...loaded.updates, [name]: sent },
  }
}

function parseValue(name: string, sent: string, parse: () => unknown): unknown {
  try {
    if (name === 'log.level' && sent === '') throw new Expected('a level')
    return parse()
  } catch (fault) {
    if (!(fault instanceof Expected)) throw fault
    throw new SnetError(
      'invalid-request',
      `${name}: expected ${fault.message}, got ${JSON.stringify(sent.slice(0, 60))}`,
    )
  }
}
