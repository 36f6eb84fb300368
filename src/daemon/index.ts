/** The daemon's only door. Loading it is cheap; what `runDaemon` needs is loaded when it runs. */
import type { FoundSettings, LoadedConfig } from '../settings/index.js'
import type { KeptPayments, StoredStore } from '../shared/wire/index.js'
import type { DaemonSignals } from './compose-stop.js'
import type { Ready } from './compose.js'
import type { Finding } from './doctor/index.js'
import type { Incoming, StorePlace } from './open-store.js'

export type { DaemonSignals } from './compose-stop.js'
export type { Ready } from './compose.js'
export type { Finding } from './doctor/index.js'

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

/** What is kept of payments in a data directory in which no daemon lives. Errors: as `stored-payments` says. */
export async function openStoredPayments(path: string): Promise<KeptPayments & AsyncDisposable> {
  return await (await import('./stored-payments.js')).openStoredPayments(path)
}

/** The store of a place in which no daemon lives. Errors: as `open-store` says. */
export async function openKeptStore(place: StorePlace, incoming?: Incoming): Promise<StoredStore> {
  return await (await import('./open-store.js')).openKeptStore(place, incoming)
}

/** What a start with these settings would meet, one finding after the other; safe beside a daemon that runs. */
export async function* examine(found: FoundSettings): AsyncGenerator<Finding> {
  const doctor = await import('./compose-doctor.js')
  yield* doctor.examine(found)
}
