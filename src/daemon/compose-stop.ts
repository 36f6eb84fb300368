import { pause } from '../shared/clock.js'
import type { Gate } from './compose-gate.js'
import type { Health, Log } from './observability/index.js'
import type { DaemonStatus } from './status.js'

/** What a daemon is told from outside while it runs. */
export interface DaemonSignals {
  /** Aborts when the daemon is to stop. */
  readonly signal: AbortSignal
  /** Calls `listener` at each SIGHUP that is no signal to stop. */
  readonly onHangup: (listener: () => void) => void
  /** Aborts at the next signal to stop, until it is disposed of. */
  readonly untilNext: () => { readonly signal: AbortSignal } & Disposable
}

export interface StopDeps extends Pick<DaemonSignals, 'untilNext'> {
  readonly status: DaemonStatus
  readonly health: Health
  readonly log: Log
  /** Undefined without one. */
  readonly gate: Pick<Gate, 'leave' | 'drain'> | undefined
  /** How long calls are still taken, while those who watch the health turn to others. */
  readonly delayMs: number
}

/** Ends the serving, step by step; a further signal ends the step that is under way. Error: as `drain`. */
export async function stopServing({ status, health, log, gate, delayMs, untilNext }: StopDeps): Promise<void> {
  status.stop()
  health.leave()
  if (gate && delayMs > 0) {
    log.info('stopping: whoever watches the health is told so, and calls are still taken', { for_ms: delayMs })
    gate.leave()
    using next = untilNext()
    await pause(delayMs, next.signal)
  }
  health.stop()
  using next = untilNext()
  await gate?.drain(next.signal)
}
