/** The daemon's only door. Loading it is cheap; what `runDaemon` needs is loaded when it runs. */
import type { LoadedConfig } from '../settings/index.js'
import type { DaemonSignals, Ready } from './compose.js'

import type { StoredChannels } from './stored-channels.js'
import type { StoredFreeCalls } from './stored-free-calls.js'

export type { DaemonSignals, Ready } from './compose.js'

export async function runDaemon(
  config: LoadedConfig,
  signals: DaemonSignals,
  announce: (ready: Ready) => Promise<void>,
): Promise<void> {
  const compose = await import('./compose.js')
  try {
    await compose.runDaemon(config, signals, announce)
  } catch (thrown) {
    // Told to stop while still waiting for something: that is what happened, and no failure.
    if (!signals.signal.aborted || thrown !== signals.signal.reason) throw thrown
  }
}

/** Free calls of a data directory in which no daemon lives. Errors: as `stored-payments` says. */
export async function openStoredFreeCalls(path: string): Promise<StoredFreeCalls> {
  return await (await import('./stored-free-calls.js')).openStoredFreeCalls(path)
}

/** Channels and claims of a data directory in which no daemon lives. Errors: as `stored-payments` says. */
export async function openStoredChannels(path: string): Promise<StoredChannels> {
  return await (await import('./stored-channels.js')).openStoredChannels(path)
}
