/** The daemon's only door. Loading it is cheap; what `runDaemon` needs is loaded when it runs. */
import type { LoadedConfig } from '../settings/index.js'
import type { Ready } from './compose.js'

export type { Ready } from './compose.js'

export async function runDaemon(
  config: LoadedConfig,
  signal: AbortSignal,
  announce: (ready: Ready) => void,
): Promise<void> {
  const compose = await import('./compose.js')
  try {
    await compose.runDaemon(config, signal, announce)
  } catch (thrown) {
    // Told to stop while still waiting for something: that is what happened, and no failure.
    if (!signal.aborted || thrown !== signal.reason) throw thrown
  }
}
