/** The daemon's only door. Loading it is cheap; what `runDaemon` needs is loaded when it runs. */
import type { LoadedConfig } from './config/index.js'
import type { Ready } from './compose.js'

export { type ConfigSources, configTable, type LoadedConfig, loadConfig } from './config/index.js'
export type { Ready } from './compose.js'

export async function runDaemon(
  config: LoadedConfig,
  signal: AbortSignal,
  announce: (ready: Ready) => void,
): Promise<void> {
  const compose = await import('./compose.js')
  await compose.runDaemon(config, signal, announce)
}
